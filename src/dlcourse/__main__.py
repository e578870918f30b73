"""`python -m dlcourse` is the command `dlcourse`; where torchrun starts several, they train together."""

import contextlib
import io
import os
import sys
from typing import NoReturn

from dlcourse.cli import main


def train_together() -> NoReturn:
    """Be one of torchrun's processes; the first one speaks, the others only of trouble of their own.

    A process that torchrun has started again resumes.
    """
    from dlcourse.training.processes import combine, get_rank, join_processes

    words = sys.argv[1:]
    if os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0" and "train" in words:
        words = [word for word in words if word not in ("--overwrite", "--resume")] + ["--resume"]
    with join_processes():
        if get_rank() == 0:
            exit_code = main(words)
        else:
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.redirect_stderr(io.StringIO()) as said,
            ):
                exit_code = main(words)
            if exit_code in (5, 70) and "another process" not in said.getvalue():
                print(said.getvalue().splitlines()[-1], file=sys.stderr)
        if exit_code == 0:
            with contextlib.suppress(
                RuntimeError
            ):  # who leaves early breaks the others' last exchange
                combine("MAX", [0])
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(
            exit_code
        )  # PyTorch's threads abort an orderly end now and then, with the work done


if __name__ == "__main__":
    sys.exit(train_together() if "TORCHELASTIC_RUN_ID" in os.environ else main())
