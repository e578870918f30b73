"""`dlcourse exercises`: practice on the course's exercises, which check themselves."""

import json
import sys
import time
from typing import Annotated, Any

import typer

from dlcourse.commands import options as option
from dlcourse.commands.exercises_milestone import show_milestones
from dlcourse.commands.exercises_quiz import answer_quiz
from dlcourse.commands.exercises_steps import (
    COMMAND,
    EXIT_NOT_PASSED,
    BrokenCheck,
    check_one,
    choose,
    describe_next,
    describe_result,
    show_hint,
    show_solution,
    wrap,
    write_file,
)
from dlcourse.commands.exercises_verify import verify
from dlcourse.commands.exercises_watch import watch_exercise
from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import Exercise, find_exercise, load_exercises
from dlcourse.exercises.progress import Progress, file_of, load_progress, reset
from dlcourse.exercises.runner import Result

app = typer.Typer(
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NAME_HELP = "Exercise, such as neuron/weighted_sum or weighted_sum."
Name = Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)]
OptionalName = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]", help=f"{NAME_HELP} The default is the last one.", show_default=False
    ),
]
Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME...]", help=f"{NAME_HELP} The default is the last one.", show_default=False
    ),
]
All = Annotated[bool, typer.Option("--all", help="All exercises that you have started.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", help="Show what your program printed, up to 20 lines.")
]
CheckSeed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        help="Seed of the random inputs; by default each check draws new ones.",
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
def exercises(context: typer.Context) -> None:
    """Solve the exercises of the course in ./exercises, and get each one checked.

    Checks protect from accidents such as endless loops. They do not protect from a program that
    wants to deceive them.

    \b
    Example:
      dlcourse exercises start
      dlcourse exercises check
    """
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command("list")
def list_exercises(
    chapter: Annotated[
        str | None,
        typer.Argument(
            metavar="[CHAPTER]", help="Only the exercises of this chapter.", show_default=False
        ),
    ] = None,
    as_json: option.Json = False,
) -> None:
    """List the exercises with their state; > marks the next one."""
    progress, catalog = open_course()
    shown = [one for one in catalog if chapter in (None, one.chapter)]
    if not shown:
        raise UsageError(f"no exercise has the chapter {chapter!r}", f"see {COMMAND} list")
    after = progress.next_after(catalog)
    rows = [
        {
            "id": one.id,
            "title": one.title,
            "level": one.level,
            "minutes": one.minutes,
            "state": progress.state(one),
            "solution_seen": progress.entry(one).get("solution", False),
            "is_next": one is after,
        }
        for one in shown
    ]
    if as_json:
        print(json.dumps(rows))
        return
    for row in rows:
        mark = ">" if row["is_next"] else " "
        facts = f"level {row['level']}  {row['minutes']:>2} min  {row['title']}"
        print(f"{mark} {row['state']:<9} {row['id']:<30} {facts}")


@app.command()
def start(name: OptionalName = None) -> None:
    """Write the starter of an exercise into ./exercises, and show the task."""
    progress, catalog = open_course()
    if name is None:
        exercise = progress.to_do(catalog)
        if exercise is None:
            print(describe_next(progress, catalog))
            return
    else:
        exercise = find_exercise(name, catalog)
    print(write_file(exercise, progress))
    progress.entry(exercise).pop("skipped", None)
    progress.current = exercise.id
    progress.save()
    facts = f"level {exercise.level}, {exercise.minutes} min, page {exercise.page}"
    print(f"\n{exercise.title} ({facts})\n")
    print(wrap(exercise.task))
    print(f"\nEdit {file_of(exercise)}, then run {COMMAND} check, or {COMMAND} watch.")


@app.command()
def check(
    names: Names = None,
    is_all: All = False,
    seed: CheckSeed = None,
    is_verbose: Verbose = False,
    as_json: option.Json = False,
) -> None:
    """Check your programs: exit code 0 if all have passed, 1 if not."""
    progress, catalog = open_course()
    if is_all:
        chosen = [one for one in catalog if file_of(one).exists()]
    elif names:
        chosen = [find_exercise(name, catalog) for name in names]
    else:
        chosen = [choose(None, progress, catalog)]
    if not chosen:
        raise UsageError("there is nothing to check", f"run {COMMAND} start first")
    rows = []
    broken: list[BrokenCheck] = []
    current = progress.current
    for exercise in chosen:
        before = time.monotonic()
        try:
            result = check_one(exercise, progress, seed)
        except BrokenCheck as error:
            broken.append(error)
            continue
        rows.append(describe_as_json(exercise, result, time.monotonic() - before))
        if not as_json:
            print(describe_result(exercise, result, progress))
            if is_verbose and result.output:
                print(f"Your program printed:\n{result.output}")
    if is_all:
        progress.current = current
        progress.save()
    if as_json:
        print(json.dumps(rows))
    if broken:
        raise broken[0]
    if not as_json and rows[-1]["passed"]:
        print(describe_next(progress, catalog))
    if not all(row["passed"] for row in rows):
        raise typer.Exit(EXIT_NOT_PASSED)


@app.command()
def hint(
    name: OptionalName = None,
    level: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=3,
            help="Which of the three hints; by default the next one.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show the next hint of an exercise."""
    progress, catalog = open_course()
    exercise = choose(name, progress, catalog)
    print(show_hint(exercise, progress, level))


@app.command()
def solution(
    name: Name,
    is_forced: Annotated[
        bool, typer.Option("--anyway", help="Show it before you have tried three times.")
    ] = False,
) -> None:
    """Print the solution, after passing or after three checks that were not passed."""
    progress, catalog = open_course()
    exercise = find_exercise(name, catalog)
    print(show_solution(exercise, progress, is_forced))


@app.command()
def skip(name: Name) -> None:
    """Leave an exercise out; `start NAME` brings it back."""
    progress, catalog = open_course()
    exercise = find_exercise(name, catalog)
    progress.entry(exercise)["skipped"] = True
    progress.current = exercise.id
    progress.save()
    print(f"Skipped {exercise.id}. {describe_next(progress, catalog)}")


@app.command()
def watch(name: OptionalName = None) -> None:
    """Check an exercise each time you save its file; one key shows a hint or the next exercise."""
    progress, catalog = open_course()
    exercise = choose(name, progress, catalog)
    watch_exercise(exercise, catalog)


@app.command("reset")
def reset_exercises(
    name: OptionalName = None,
    is_all: All = False,
    is_agreed: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Write the starter again; the old file is kept as a backup."""
    progress, catalog = open_course()
    if is_all == (name is not None):
        raise UsageError("reset needs a NAME or --all", f"see {COMMAND} list")
    if is_all:
        chosen = [one for one in catalog if file_of(one).exists()]
    else:
        chosen = [find_exercise(str(name), catalog)]
    files = f"{len(chosen)} files" if is_all else str(file_of(chosen[0]))
    if not is_agreed:
        if not sys.stdin.isatty():
            raise UsageError("reset asks before it writes", "use --yes without a terminal")
        typer.confirm(f"Write the starter of {files} again and keep a backup?", abort=True)
    for exercise in chosen:
        kept = reset(exercise, progress)
        print(f"{file_of(exercise)} is the starter again.", end="")
        print(f" Your program is in {kept}." if kept else "")
    progress.save()


@app.command("progress")
def show_progress(as_json: option.Json = False) -> None:
    """Show how many exercises you have passed, chapter by chapter."""
    progress, catalog = open_course()
    passed: dict[str, list[bool]] = {}
    for exercise in catalog:
        passed.setdefault(exercise.chapter, []).append(progress.has_passed(exercise))
    num_passed = sum(sum(chapter) for chapter in passed.values())
    after = progress.next_after(catalog)
    facts = {
        "passed": num_passed,
        "exercises": len(catalog),
        "chapters": {name: [sum(chapter), len(chapter)] for name, chapter in passed.items()},
        "states": {one.id: progress.state(one) for one in catalog},
        "milestones": progress.milestones,
        "next": after.id if after else None,
    }
    if as_json:
        print(json.dumps(facts))
        return
    for name, chapter in passed.items():
        print(f"{name:<16} {sum(chapter)} of {len(chapter)}")
    print(f"You have passed {num_passed} of {len(catalog)}. {describe_next(progress, catalog)}")


@app.command()
def quiz(
    chapter: Annotated[str, typer.Argument(metavar="CHAPTER", help="Chapter, such as neuron.")],
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBERS",
            help="Your choices, such as 1,3,2, instead of the keyboard.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Predict what a program will compute, and read why a wrong choice is wrong."""
    progress, _ = open_course()
    answer_quiz(chapter, answers, progress)


@app.command()
def milestone(name: OptionalName = None) -> None:
    """Classify the digits with your own code, and show its row beside ours."""
    progress, catalog = open_course()
    show_milestones(name, progress, catalog)


app.command()(verify)


def open_course() -> tuple[Progress, list[Exercise]]:
    """Return the learner's progress and all exercises."""
    progress, problem = load_progress()
    if problem:
        print(problem, file=sys.stderr)
    return progress, load_exercises()


def describe_as_json(exercise: Exercise, result: Result, seconds: float) -> dict[str, Any]:
    """Return what --json shows of a check."""
    return {
        "id": exercise.id,
        "passed": result.verdict.passed,
        "key": result.verdict.key,
        "message": result.verdict.message,
        "seed": result.seed,
        "seconds": round(seconds, 3),
    }
