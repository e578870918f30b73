"""`python -m dlcourse` is the command `dlcourse`; processes of torchrun train together."""

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from dlcourse.commands.app import main
from dlcourse.commands.exit_codes import EXIT_BUG, LOST_PROCESS
from dlcourse.errors import EnvironmentProblem

TROUBLES_OF_ITS_OWN = (EnvironmentProblem.exit_code, EXIT_BUG)  # others meet all processes alike


def train_together() -> NoReturn:
    """Be one of torchrun's processes; the others speak only of their own troubles.

    A process that torchrun has started again resumes.
    """
    from dlcourse.training.processes import combine, get_rank, join_processes

    words = sys.argv[1:]
    is_restarted = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0"
    if is_restarted and "train" in words:
        words = [word for word in words if word not in ("--overwrite", "--resume")]
        words.append("--resume")
    with join_processes():
        exit_code = main(words) if get_rank() == 0 else run_silently(words)
        if exit_code == 0:
            # A process that leaves early would break the last exchange of the others.
            with contextlib.suppress(RuntimeError):
                combine("MAX", [0])
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(
            exit_code
        )  # PyTorch's threads abort an orderly end now and then, with the work done


def run_silently(words: Sequence[str]) -> int:
    """Run a command line; print only what is wrong in this process alone."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()) as said,
    ):
        exit_code = main(words)
    if exit_code in TROUBLES_OF_ITS_OWN and LOST_PROCESS not in said.getvalue():
        print(said.getvalue().splitlines()[-1], file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    sys.exit(train_together() if "TORCHELASTIC_RUN_ID" in os.environ else main())
