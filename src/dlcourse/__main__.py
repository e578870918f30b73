"""`python -m dlcourse` is the command `dlcourse`; processes of torchrun train together."""

import contextlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

# All else is imported in the functions: from its first moments on, Ctrl-C is to end in one line.
EXIT_INTERRUPTED = 130  # 128 + 2, as shells count SIGINT


def run() -> int:
    """Run the command line of this process; return its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # nohup ignores Ctrl-C
        signal.signal(signal.SIGINT, interrupt)
    from dlcourse.commands.app import main

    if "TORCHELASTIC_RUN_ID" in os.environ:
        train_together()
    try:
        exit_code = main()
    except KeyboardInterrupt:  # a second Ctrl-C, while the first is spoken of
        exit_code = EXIT_INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the work is done, the interpreter cleans up
    return exit_code


def interrupt(number: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt; end at once where it could be lost, while a module is imported.

    The modules of NumPy and PyTorch make other errors of it, or print it and go on.
    """
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            with contextlib.suppress(OSError):
                os.write(2, b"dlcourse: interrupted\n")
            os._exit(EXIT_INTERRUPTED)
        frame = frame.f_back
    raise KeyboardInterrupt


def train_together() -> NoReturn:
    """Be one of torchrun's processes; the others speak only of their own troubles.

    A process that torchrun has started again resumes.
    """
    from dlcourse.commands.app import main
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
    from dlcourse.commands.app import main
    from dlcourse.commands.exit_codes import EXIT_BUG, LOST_PROCESS
    from dlcourse.errors import EnvironmentProblem

    troubles_of_its_own = (EnvironmentProblem.exit_code, EXIT_BUG)  # others meet all alike
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()) as said,
    ):
        exit_code = main(words)
    if exit_code in troubles_of_its_own and LOST_PROCESS not in said.getvalue():
        print(said.getvalue().splitlines()[-1], file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    sys.exit(run())
