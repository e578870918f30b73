"""Prove the exercises: what passes must pass, and each known mistake gets its own message.

The changed programs of mutants.py show what a check does not notice.
"""

import ast
import copy
import importlib
import math
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from dlcourse.exercises.catalog import FOLDER, Exercise, load_exercises, read_objectives
from dlcourse.exercises.grading import Program, Verdict, grade, load_check, load_program, shorten
from dlcourse.exercises.mutants import Mutant, is_named, mutants
from dlcourse.exercises.runner import Limits, check_source

ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]{1,31}")
PARTS = ("", "Hint 1", "Hint 2", "Hint 3", "Why it matters")
FILES = ("task.md", "starter.py", "solution.py", "check.py")
FEWEST_WRONG = 3
MOST_TASK_LINES = 12  # without the blank lines between its paragraphs
LONGEST_MESSAGE = 200
SHORTEST_KEY_LINE = 12  # characters of a line that gives a solution away
UNWANTED = re.compile(r"AssertionError|(?<![\w.])/(?:home|root|tmp|usr|Users)/|[A-Z]:\\")
SEEDS_A_MUTANT = 10
MUTANT_LIMITS = Limits(seconds=20, memory_bytes=8 << 30)
NUM_INPUTS = 10_000  # on which a change that is named as equivalent is compared
COMPARE_SECONDS = 20  # of a processor: some checks train a network


@dataclass
class Report:
    """What a proof has found: counts, the messages as learners get them, and what is wrong."""

    faults: list[str] = field(default_factory=list)
    accepted: int = 0  # runs of solutions
    solutions: int = 0
    rejected: int = 0  # runs of wrong solutions, with the message of each
    wrong: int = 0
    killed: int = 0
    equivalent: list[str] = field(default_factory=list)  # changes that are named, with inputs
    survivors: int = 0
    messages: list[str] = field(default_factory=list)

    def must(self, holds: object, fault: str) -> None:
        """Note a fault unless something holds."""
        if not holds:
            self.faults.append(fault)


def verify_all(
    exercises: list[Exercise], seeds: int, with_mutants: bool, tell: Callable[[str], None]
) -> Report:
    """Prove some exercises; `tell` is called with the id of each before it is proved."""
    report = Report()
    for exercise in exercises:
        tell(exercise.id)
        missing = [name for name in FILES if not (exercise.folder / name).is_file()]
        report.must(not missing, f"{exercise.id}: there is no {', '.join(missing)}")
        if missing:
            continue
        verify_structure(exercise, report)
        verify_programs(exercise, seeds, report)
        if with_mutants:
            verify_mutants(exercise, report)
    return report


def verify_index(folder: Path, report: Report) -> None:
    """Note ids that are not unique, and folders that are not in the index."""
    ids = [exercise.id for exercise in load_exercises(folder)]
    for name in sorted(set(ids)):
        report.must(ids.count(name) == 1, f"{name}: index.toml has it {ids.count(name)} times")
        report.must(ID.fullmatch(name), f"{name}: an id is <chapter>/<task> in lower case")
    for check in sorted(folder.glob("*/*/check.py")):
        name = check.parent.relative_to(folder).as_posix()
        report.must(name in ids, f"{name}: index.toml does not have it")


def verify_structure(exercise: Exercise, report: Report) -> None:
    """Note what the texts of an exercise lack, and hints that give the solution away."""

    def must(holds: object, fault: str) -> None:
        report.must(holds, f"{exercise.id}: {fault}")

    parts = exercise.sections
    must(tuple(parts) == PARTS, f"task.md has the parts {', '.join(parts)}")
    if tuple(parts) != PARTS:
        return
    must(parts[""].startswith("# "), "task.md begins with its title, `# ...`")
    must(all([*parts.values(), exercise.task]), "a part of task.md is empty")
    num_lines = len([line for line in exercise.task.splitlines() if line.strip()])
    must(num_lines <= MOST_TASK_LINES, f"the task has {num_lines} lines")
    must("\n\n" not in exercise.why, "“Why it matters” is one paragraph")
    num_todo = exercise.starter.count("# TODO: ")
    must(num_todo == 1, f"the starter has {num_todo} lines `# TODO: ...`")
    must("TODO" not in exercise.solution, "the solution has a TODO")
    must(exercise.level in (1, 2, 3), f"level {exercise.level} is not 1, 2 or 3")
    must(exercise.objectives, "index.toml names no objective")
    num_wrong = len(exercise.wrong_files)
    must(num_wrong >= FEWEST_WRONG, f"there are {num_wrong} wrong solutions")
    for number, hint in enumerate(exercise.hints[:2], start=1):
        for line in key_lines(exercise):
            told = normal(line) in normal(hint)
            must(not told, f"hint {number} has a line of the solution: {line}")


def key_lines(exercise: Exercise) -> list[str]:
    """Return the lines of the solution's code that the starter does not have."""
    known = {normal(line) for line in exercise.starter.splitlines()}
    lines = []
    for line in ast.unparse(ast.parse(exercise.solution)).splitlines():
        is_new = normal(line) not in known
        is_long = len(normal(line)) >= SHORTEST_KEY_LINE
        if is_new and is_long and not line.strip().startswith(("import ", "from ", '"""', "#")):
            lines.append(line.strip())
    return lines


def normal(line: str) -> str:
    """Return a text without blanks and with one kind of quotes."""
    return "".join(line.split()).replace("'", '"')


def program_of(exercise: Exercise, source: str) -> Program:
    """Return a program as a learner of the exercise would have it."""
    return Program(exercise.id, f"exercises/{exercise.id}.py", source.encode("utf-8"))


def verify_programs(exercise: Exercise, seeds: int, report: Report) -> None:
    """Note verdicts of the starter, the solution and the wrong solutions that are not as due."""
    check = load_check(exercise.folder)

    def must(holds: object, fault: str) -> None:
        report.must(holds, f"{exercise.id}: {fault}")

    verdict = grade(check, program_of(exercise, exercise.starter), 0)
    is_told = verdict.key == "not written yet" or verdict.key in check.MESSAGES
    must(not verdict.passed and is_told, f"the starter gets {say(verdict)}")
    verify_message(exercise, check, verdict, report)
    for seed in range(seeds):
        verdict = grade(check, program_of(exercise, exercise.solution), seed)
        report.solutions += 1
        report.accepted += verdict.passed
        must(verdict.passed, f"the solution gets {say(verdict)} with seed {seed}")
    for path in exercise.wrong_files:
        source = path.read_text("utf-8")
        key = source.partition("\n")[0].removeprefix("# ")
        must(key in check.MESSAGES, f"{path.name} begins with no key of MESSAGES: {key}")
        for seed in range(seeds):
            verdict = grade(check, program_of(exercise, source), seed)
            report.wrong += 1
            report.rejected += not verdict.passed and verdict.key == key
            must(verdict.key == key, f"{path.name} gets {say(verdict)} with seed {seed}")
            verify_message(exercise, check, verdict, report)


def say(verdict: Verdict) -> str:
    """Return what a verdict is, for a report."""
    last_line = verdict.bug.strip().rpartition("\n")[2]
    return "passed" if verdict.passed else f"{verdict.key!r} ({verdict.message or last_line})"


def verify_message(exercise: Exercise, check: ModuleType, verdict: Verdict, report: Report) -> None:
    """Note a message that is long or unclear; keep it for the report."""
    message = verdict.message
    if verdict.passed or not message:
        return
    report.messages.append(message)
    length = len(message)
    is_short = length <= LONGEST_MESSAGE
    report.must(is_short, f"{exercise.id}: a message has {length} characters: {message}")
    report.must(not UNWANTED.search(message), f"{exercise.id}: a message says {message}")
    values = filled_in(check.MESSAGES.get(verdict.key, ""), message)
    is_clear = "expected" not in values or values.get("got") != values["expected"]
    report.must(is_clear, f"{exercise.id}: what is got and expected looks equal: {message}")


def filled_in(template: str, message: str) -> dict[str, str]:
    """Return the values that fill the braces of a template in a message."""
    seen = set()
    pattern = ""
    # A name in one pair of braces, and what stands between two of them
    for number, part in enumerate(re.split(r"(?<!\{)\{(\w+)\}(?!\})", template)):
        if number % 2 == 0:
            pattern += re.escape(part.replace("{{", "{").replace("}}", "}"))
        elif part in seen:
            pattern += f"(?P={part})"
        else:
            seen.add(part)
            pattern += f"(?P<{part}>.*?)"
    match = re.fullmatch(pattern, message, re.DOTALL)
    return match.groupdict() if match else {}


def verify_mutants(exercise: Exercise, report: Report) -> None:
    """Note changes of the solution that the check does not notice and index.toml does not name."""
    named: set[str] = set()
    for mutant in mutants(exercise.solution):
        if is_killed(exercise, mutant):
            report.killed += 1
            continue
        names = [entry for entry in exercise.equivalent if is_named(mutant, entry)]
        named.update(names)
        place = f"{exercise.id}: solution.py:{mutant.line}: {mutant.change}"
        if not names:
            report.survivors += 1
            report.must(False, f"{place}: the check does not notice this change")
            continue
        count, difference = compare(exercise, mutant)
        report.equivalent.append(f"{place} (equal on {count} inputs)")
        report.must(not difference, f"{place} is not equivalent: {difference}")
    for entry in exercise.equivalent:
        report.must(entry in named, f"{exercise.id}: the check notices {entry}")


def is_killed(exercise: Exercise, mutant: Mutant) -> bool:
    """Tell whether the check rejects a changed solution with one of some seeds.

    It runs in a process of its own, because a change can make a loop endless.
    """
    if exercise.needs_torch:
        importlib.import_module("torch")  # the processes are copies of this one
    source = mutant.source.encode("utf-8")
    for seed in range(SEEDS_A_MUTANT):
        result = check_source(
            exercise, source, "mutant.py", seed=seed, limits=MUTANT_LIMITS, is_warm=True
        )
        if not result.verdict.passed:
            return True
    return False


def compare(exercise: Exercise, mutant: Mutant) -> tuple[int, str]:
    """Call a changed solution with inputs of the check; return how many, and a difference if any.

    The inputs are what the check gives to the functions of the solution, with one seed after the
    other. There are none where it uses classes or calls functions without arguments.
    """
    check = load_check(exercise.folder)
    solution = load_program(program_of(exercise, exercise.solution))
    changed = load_program(program_of(exercise, mutant.source))
    recorder = Recorder(solution)
    end = time.process_time() + COMPARE_SECONDS
    compared = 0
    seed = 0
    while compared < NUM_INPUTS and time.process_time() < end and (compared or seed < 10):
        recorder.calls.clear()
        check.check(recorder, random.Random(seed))
        for name, arguments, options in recorder.calls:
            expected = outcome(getattr(solution, name), arguments, options)
            got = outcome(getattr(changed, name), arguments, options)
            if not is_comparable(expected):
                return 0, ""
            if not is_alike(expected, got):
                texts = [shorten(str(one)) for one in (arguments, got[0], expected[0])]
                return compared, "{}{} returns {}, not {}".format(name, *texts)
            compared += 1
        seed += 1
    return compared, ""


class Recorder:
    """A learner's module that keeps with what its functions are called."""

    def __init__(self, module: ModuleType):
        self.module = module
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        """Return a function of the module that keeps its calls, or anything else as it is."""
        value = getattr(self.module, name)
        if not callable(value) or isinstance(value, type):
            return value

        def recorded(*arguments: Any, **options: Any) -> Any:
            if arguments or options:
                self.calls.append((name, copy.deepcopy(arguments), copy.deepcopy(options)))
            return value(*arguments, **options)

        return recorded


def outcome(function: Callable[..., Any], arguments: Any, options: Any) -> tuple[Any, ...]:
    """Return what a call returns or which error it raises, and what becomes of its arguments."""
    arguments, options = copy.deepcopy((arguments, options))
    try:
        result = function(*arguments, **options)
    except Exception as error:
        result = type(error).__name__
    return result, arguments, options


def is_comparable(value: Any) -> bool:
    """Tell whether a value is made of what is_alike compares."""
    if isinstance(value, dict):
        return all(map(is_comparable, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_comparable, value))
    return isinstance(value, int | float | str | None) or type(value).__module__ == "torch"


def is_alike(one: Any, two: Any) -> bool:
    """Tell whether two values are equal but for the last digits of floats."""
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(is_alike(one[key], two[key]) for key in one)
    if isinstance(one, list | tuple) and type(one) is type(two):
        return len(one) == len(two) and all(map(is_alike, one, two))
    if isinstance(one, float) and isinstance(two, int | float):
        return math.isclose(one, two, rel_tol=1e-9, abs_tol=1e-12) or (one != one and two != two)
    if type(one).__module__ == "torch" and type(one) is type(two):
        is_same_kind = one.shape == two.shape and one.dtype == two.dtype
        return is_same_kind and bool(one.allclose(two, equal_nan=True))
    return type(one) is type(two) and bool(one == two)


def verify_objectives(exercises: list[Exercise], docs: Path, report: Report) -> None:
    """Note objectives of pages that no exercise covers, and exercises that name others."""
    for page in sorted(docs.glob("*/*.md")):
        name = page.relative_to(docs).with_suffix("").as_posix().removesuffix("/index")
        objectives = read_objectives(page)
        own = [exercise for exercise in exercises if exercise.page == name]
        covered = {number for exercise in own for number in exercise.objectives}
        for number, objective in enumerate(objectives, start=1):
            report.must(number in covered, f"{name}: no exercise has the learner {objective}")
        unknown = covered - set(range(1, len(objectives) + 1))
        report.must(not unknown, f"{name}: the page has no objective {sorted(unknown)}")
    pages = {exercise.page for exercise in exercises}
    for name in sorted(pages):
        is_there = (docs / f"{name}.md").exists() or (docs / name / "index.md").exists()
        report.must(is_there, f"{name}: there is no such page, but an exercise names it")


def docs_folder() -> Path | None:
    """Return docs/ of the course's repository; None where only the package is installed."""
    docs = FOLDER.parents[2] / "docs"
    return docs if (docs / "index.md").exists() else None


def summary(report: Report) -> Iterator[str]:
    """Yield the lines that a proof prints at its end."""
    yield f"solutions accepted: {report.accepted} of {report.solutions} runs"
    yield f"wrong solutions rejected, each with its message: {report.rejected} of {report.wrong}"
    lengths = [len(message) for message in report.messages]
    if lengths:
        mean = sum(lengths) / len(lengths)
        yield f"messages: {mean:.0f} characters in the mean, {max(lengths)} the longest"
    num_mutants = report.killed + report.survivors
    if num_mutants:
        share = report.killed / num_mutants
        yield (
            f"mutants killed: {report.killed} of {num_mutants} ({share:.1%}),"
            f" and {len(report.equivalent)} are equivalent"
        )
        yield from report.equivalent
