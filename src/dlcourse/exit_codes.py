"""From an exception to what the command line says about it: one line on stderr, and an exit code.

0 done · 2 to 6 see errors.py · 70 a bug of ours · 130 interrupted
141 output closed · 143 asked to end (SIGTERM)
"""

import contextlib
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from dlcourse.errors import DLCourseError, UsageError, is_lost_process, is_out_of_memory

# Click's base class of errors; newer typers bring their own copy of Click, so it is reached through typer.
CLICK_ERROR: Any = typer.BadParameter.__mro__[2]


@contextlib.contextmanager
def wrong_arguments_as_usage_errors() -> Iterator[None]:
    """Turn "batch_size must be ..." of the package into "--batch-size must be ..." of the command line."""
    try:
        yield
    except ValueError as error:
        name, _, rest = str(error).partition(" ")
        problem, _, mend = rest.partition(": ")
        option = f"--{name.replace('_', '-')}"
        raise UsageError(f"{option} {problem}", mend or "see dlcourse train --help") from error


def run_command(command: Any, arguments: Sequence[str]) -> int:
    """Run one line of a typer command called dlcourse; return its exit code. Errors are one line each."""
    is_debugging = "--debug" in arguments or os.environ.get("DLCOURSE_DEBUG") == "1"
    words = [word for word in arguments if word != "--debug"] or ["--help"]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal shows what it can
    try:
        with command.make_context("dlcourse", words) as context:
            command.invoke(context)
        sys.stdout.flush()  # a closed pipe shows here, not at the interpreter's end
    except (Exception, KeyboardInterrupt) as error:
        if is_debugging and not isinstance(error, typer.Exit):
            traceback.print_exc()
        return end_with(error)
    return 0


def end_with(error: BaseException) -> int:
    """Say what went wrong in one line on stderr; return the exit code."""
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())  # for what is still buffered
        return 141  # 128 + 13, as a program that SIGPIPE ended
    if isinstance(error, KeyboardInterrupt):
        return _say("interrupted", str(error), getattr(error, "exit_code", 130))
    if isinstance(error, DLCourseError):
        return _say("error", str(error), error.exit_code)
    if isinstance(error, CLICK_ERROR):
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "dlcourse"
        problem = error.format_message().rstrip(".")
        return _say(
            "error", f"{problem}{'' if problem.endswith('?') else ':'} see {command} --help", 2
        )
    if is_out_of_memory(error):
        return _say("error", "the memory is not enough: try --stream, or a smaller --batch-size", 5)
    if is_lost_process(error):
        return _say(
            "error",
            "another process has ended or is silent: see what it said, then use --resume",
            5,
        )
    if isinstance(error, OSError):
        return _say("error", f"{error.filename or 'a file'}: {error.strerror or error}", 5)
    descriptor, name = tempfile.mkstemp(prefix="dlcourse-", suffix=".txt")
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        traceback.print_exception(error, file=file)
    return _say(
        "error", f"a bug in dlcourse ({type(error).__name__}): please report it with {name}", 70
    )


def _say(kind: str, text: str, exit_code: int) -> int:
    line = f"dlcourse: {kind}: {text}" if text else f"dlcourse: {kind}"
    line = " ".join(line.split())  # Click's messages have line breaks
    # A file's name may hold anything.
    print("".join(one if one.isprintable() else ascii(one)[1:-1] for one in line), file=sys.stderr)
    return exit_code
