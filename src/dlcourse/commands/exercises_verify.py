"""`dlcourse exercises verify`: prove that the checks of the exercises are right."""

import sys
from typing import Annotated

import typer

from dlcourse.commands.exercises_steps import EXIT_NOT_PASSED
from dlcourse.exercises.catalog import FOLDER, find_exercise, load_exercises
from dlcourse.exercises.verify import (
    docs_folder,
    summary,
    verify_all,
    verify_index,
    verify_objectives,
)

SEEDS = 100


def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help="Exercises; the default is all.", show_default=False
        ),
    ] = None,
    seeds: Annotated[
        int, typer.Option(min=1, help="Seeds of random inputs for each program.")
    ] = SEEDS,
    mutants: Annotated[
        bool, typer.Option("--mutants", help="Change each solution in one place at a time as well.")
    ] = False,
) -> None:
    """Prove the checks: they accept the solutions, and name each known mistake.

    With --mutants, a check must notice each change of an operator, a constant or a line, unless
    index.toml says why this change is equivalent.

    \\b
    Example:
      dlcourse exercises verify neuron/weighted_sum --mutants
    """
    catalog = load_exercises()
    chosen = [find_exercise(name, catalog) for name in names] if names else catalog
    report = verify_all(chosen, seeds, mutants, lambda name: print(name, file=sys.stderr))
    if not names:
        verify_index(FOLDER, report)
        docs = docs_folder()
        if docs is not None:
            verify_objectives(catalog, docs, report)
    for line in [*report.faults, *summary(report)]:
        print(line)
    if report.faults:
        print(f"faults: {len(report.faults)}", file=sys.stderr)
        raise typer.Exit(EXIT_NOT_PASSED)
