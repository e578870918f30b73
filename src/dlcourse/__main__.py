"""`python -m dlcourse` is the command `dlcourse`; processes of torchrun train together."""

import os
import sys

# All else is imported in the functions: Ctrl-C is to end in one line from the first moment on.


def run() -> int:
    """Run the command line of this process; return its exit code."""
    try:
        from dlcourse.training.signals import EXIT_INTERRUPTED, end_at_interrupts, ignore_interrupts

        end_at_interrupts()
    except KeyboardInterrupt:
        return 130
    from dlcourse.commands.app import main

    if "TORCHELASTIC_RUN_ID" in os.environ:
        train_together()
    try:
        exit_code = main()
    except KeyboardInterrupt:  # a second Ctrl-C, while the first is spoken of
        exit_code = EXIT_INTERRUPTED
    ignore_interrupts()  # the work is done, and the interpreter cleans up
    return exit_code


def train_together() -> None:
    """Run as one of torchrun's processes and exit; the others report only their own errors.

    A process that torchrun has started again resumes.
    """
    import contextlib

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


def run_silently(words: list[str]) -> int:
    """Run a command line; print only errors of this process."""
    import contextlib
    import io

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
