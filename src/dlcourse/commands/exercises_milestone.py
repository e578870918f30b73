"""`dlcourse exercises milestone`: the digits, classified with the learner's own code."""

import math

import typer

from dlcourse.commands.exercises_steps import COMMAND, EXIT_NOT_PASSED, BrokenCheck
from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import Exercise, find_exercise
from dlcourse.exercises.progress import Progress, file_of
from dlcourse.exercises.runner import Limits, check_file

HEADING = "classifier            correct ± SE    moved ± SE"
NAME_WIDTH = 22
LIMITS = Limits(seconds=120, memory_bytes=8 << 30)  # a quiet machine needs up to 15 s


def show_milestones(name: str | None, progress: Progress, catalog: list[Exercise]) -> None:
    """Run the milestones of the exercises that have passed, or of one, and print their rows.

    Raises: UsageError for an exercise without a milestone.
    """
    with_milestone = [one for one in catalog if (one.folder / "milestone.py").exists()]
    chosen = with_milestone
    if name is not None:
        chosen = [find_exercise(name, catalog)]
        if chosen[0] not in with_milestone:
            ids = ", ".join(one.id for one in with_milestone)
            raise UsageError(f"{chosen[0].id} has no milestone", f"choose one of {ids}")
    passed = [one for one in chosen if progress.has_passed(one) and file_of(one).exists()]
    if passed:
        print(HEADING)
    is_same = [show_milestone(exercise, progress) for exercise in passed]
    for exercise in chosen:
        if exercise not in passed:
            print(f"{exercise.id} is not passed yet: {COMMAND} start {exercise.id}")
    if not passed or not all(is_same):
        raise typer.Exit(EXIT_NOT_PASSED)


def show_milestone(exercise: Exercise, progress: Progress) -> bool:
    """Print the row of the learner's code and ours; return whether they agree."""
    result = check_file(exercise, file_of(exercise), seed=0, limits=LIMITS, task="milestone")
    if result.verdict.bug:
        raise BrokenCheck(f"{exercise.id}\n{result.verdict.bug}")
    task = exercise.id.rpartition("/")[2]
    if not result.verdict.passed:
        print(f"your {task}: {result.verdict.message}")
        return False
    facts = result.returned
    shares = [facts["correct"], facts["moved"]]
    progress.milestones[exercise.id] = shares
    progress.save()
    row = describe_row(f"your {task}", shares, facts["num_images"])
    print(f"{row}\n{facts['ours']}  (ours)")
    is_same = row[NAME_WIDTH:] == facts["ours"][NAME_WIDTH:]
    if not is_same:
        print(f"Your {task} gives another row than ours: {COMMAND} check {exercise.id}")
    return is_same


def describe_row(name: str, shares: list[float], num_images: int) -> str:
    """Return a row of the scoreboard from the shares of correct answers, as they are and moved."""
    row = f"{name:<{NAME_WIDTH}}"
    for p, width in zip(shares, (6, 7), strict=True):
        error = 100 * math.sqrt(p * (1 - p) / num_images)
        row += f"{100 * p:{width}.1f}% ± {error:.1f}"
    return row
