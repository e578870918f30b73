"""Exercises that check themselves. For notebooks: check, and the cell magic %%exercise."""

from functools import partial
from typing import Any


def check(*objects: Any, exercise: str | None = None) -> None:
    """Check functions or classes of a notebook, and print the verdict.

    The name of the first one finds its exercise; `exercise` names another one.

    Raises: UsageError when no exercise asks for them.
    """
    from dlcourse.exercises.notebook import check_objects

    check_objects(objects, exercise)


def load_ipython_extension(shell: Any) -> None:
    """Add the cell magic %%exercise: `%load_ext dlcourse.exercises` calls this."""
    from dlcourse.exercises.notebook import check_cell

    shell.register_magic_function(partial(check_cell, shell), "cell", "exercise")
