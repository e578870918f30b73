"""The steps of a learner, which `dlcourse exercises` and its watch share: check, hint, solution."""

import re
import shutil
import sys
import textwrap

from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import Exercise, find_exercise
from dlcourse.exercises.progress import (
    TRIES_BEFORE_SOLUTION,
    Progress,
    file_of,
    write_starter,
)
from dlcourse.exercises.runner import Result, check_file

COMMAND = "dlcourse exercises"
EXIT_NOT_PASSED = 1
MOST_COLUMNS = 100  # of a line of text
FENCE = "```"  # around code
OTHER_BLOCK = re.compile(r"[ |$-]|\d+\.")  # how lists, tables, formulas and code begin


class BrokenCheck(Exception):
    """A check ended with an error of its own; the text is the traceback."""


def choose(name: str | None, progress: Progress, catalog: list[Exercise]) -> Exercise:
    """Return the exercise of a name, or without one that which was started or checked last.

    Raises: UsageError when there is none.
    """
    if name is not None:
        return find_exercise(name, catalog)
    for exercise in catalog:
        if exercise.id == progress.current:
            return exercise
    raise UsageError("you have not started an exercise here", f"run {COMMAND} start first")


def write_file(exercise: Exercise, progress: Progress) -> str:
    """Write the starter of an exercise where it is needed; return what the learner has to know."""
    path = file_of(exercise)
    written = write_starter(exercise, progress)
    if written is None:
        return f"{path} is there already, and stays as it is."
    if written != path:
        return (
            f"The starter has changed since: {written} is the new one, and {path} stays as it is."
        )
    return f"Wrote {path}."


def check_one(
    exercise: Exercise, progress: Progress, seed: int | None = None, is_warm: bool = False
) -> Result:
    """Check the learner's file and record the verdict.

    Raises: UsageError when there is no file; BrokenCheck when the check itself is faulty.
    """
    path = file_of(exercise)
    if not path.exists():
        raise UsageError(f"there is no {path}", f"run {COMMAND} start {exercise.id} first")
    result = check_file(exercise, path, seed=seed, is_warm=is_warm)
    if result.verdict.bug:
        raise BrokenCheck(f"{exercise.id}, seed {result.seed}\n{result.verdict.bug}")
    progress.record(exercise, result.verdict)
    progress.save()
    return result


def describe_result(exercise: Exercise, result: Result, progress: Progress) -> str:
    """Return the verdict in three lines: the file, the message, and what helps now."""
    if result.verdict.passed:
        return f"{exercise.id}: passed\n{wrap(exercise.why)}"
    return (
        f"{exercise.id}: {describe_failure(exercise, progress)}"
        f" ({file_of(exercise)}, seed {result.seed})\n"
        f"{wrap(result.verdict.message)}\n"
        f"{describe_help(exercise, progress)}"
    )


def describe_failure(exercise: Exercise, progress: Progress) -> str:
    """Return what a check says that was not passed, also where an earlier one was."""
    if progress.has_passed(exercise):
        return "passed before, but the present file does not pass"
    return "not passed"


def wrap(text: str) -> str:
    """Break the paragraphs of a Markdown text for a terminal; leave lists, tables and code."""
    if not sys.stdout.isatty():
        return text
    width = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
    blocks = []
    is_code = False
    for block in text.split("\n\n"):
        is_paragraph = FENCE not in block and not OTHER_BLOCK.match(block)
        if is_paragraph and not is_code:
            block = textwrap.fill(block, width, break_long_words=False, break_on_hyphens=False)
        is_code ^= block.count(FENCE) % 2 == 1
        blocks.append(block)
    return "\n\n".join(blocks)


def describe_help(exercise: Exercise, progress: Progress) -> str:
    """Return which hint or solution fits after a check that was not passed."""
    seen = progress.entry(exercise).get("hints", 0)
    if seen < 3:
        return f"Hint {seen + 1} of 3: {COMMAND} hint {exercise.id}"
    if progress.may_see_solution(exercise):
        return f"You may look at the solution: {COMMAND} solution {exercise.id}"
    return f"All hints again: {COMMAND} hint {exercise.id} --level 1"


def describe_next(progress: Progress, catalog: list[Exercise]) -> str:
    """Return the command that starts the next exercise."""
    exercise = progress.next_after(catalog)
    if exercise is None:
        return "There is no further exercise: you have passed or skipped all of them."
    return f"Next: {COMMAND} start {exercise.id}"


def show_hint(exercise: Exercise, progress: Progress, level: int | None = None) -> str:
    """Return a hint, by default the first that was not shown yet, and record it."""
    entry = progress.entry(exercise)
    seen = entry.get("hints", 0)
    if level is None:
        level = min(seen + 1, 3)
    entry["hints"] = max(seen, level)
    progress.save()
    return wrap(f"Hint {level} of 3: {exercise.hints[level - 1]}")


def show_solution(exercise: Exercise, progress: Progress, is_forced: bool = False) -> str:
    """Return the solution, and record that it was shown before passing.

    Raises: UsageError before three checks that were not passed.
    """
    entry = progress.entry(exercise)
    if not is_forced and not progress.may_see_solution(exercise):
        failed = entry.get("failed", 0)
        rule = f"passing or {TRIES_BEFORE_SOLUTION} checks of a changed program (now {failed})"
        problem = f"the solution of {exercise.id} is shown after {rule}"
        raise UsageError(problem, "use --anyway to see it now")
    if not progress.has_passed(exercise):
        entry["solution"] = True
        progress.save()
    return exercise.solution.rstrip()
