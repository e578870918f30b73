"""Turn an exception into one line on stderr and an exit code.

0 done · 2 to 6 see errors.py · 70 a bug of ours · 130 interrupted
141 output closed · 143 asked to end (SIGTERM)
"""

import contextlib
import dataclasses
import io
import json
import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

import typer

from dlcourse.commands.options import OTHER_NAMES
from dlcourse.commands.reading_display import ReadingDisplay
from dlcourse.data.watching import watcher
from dlcourse.errors import (
    DLCourseError,
    EnvironmentProblem,
    UsageError,
    is_disk_full,
    is_lost_process,
    is_out_of_memory,
    make_printable,
)
from dlcourse.training.config import TrainConfig
from dlcourse.training.signals import EXIT_INTERRUPTED

EXIT_BUG = 70
EXIT_OUTPUT_CLOSED = 141  # 128 + 13, as a program that SIGPIPE ended
LOST_PROCESS = (
    "another process has exited or stopped responding: check its output, then use --resume"
)
OUT_OF_MEMORY = "out of memory: try --stream or a smaller --batch-size"

# Click's base class of errors. Newer versions of typer bring their own copy of Click, so it is
# reached through typer: BadParameter is a UsageError, which is a ClickException.
CLICK_ERROR: Any = next(
    one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException"
)

ARGUMENTS = {field.name for field in dataclasses.fields(TrainConfig)}
ARGUMENTS |= {"run_dir", "resume", "freeze"}


@contextlib.contextmanager
def wrong_arguments_as_usage_errors(command: str = "train") -> Iterator[None]:
    """Turn the package's "batch_size must be ..." into "--batch-size must be ...".

    A ValueError that does not begin with the name of an argument passes through: it is a bug.
    """
    try:
        yield
    except ValueError as error:
        name, _, rest = str(error).partition(" ")
        if name not in ARGUMENTS:
            raise
        problem, _, remedy = rest.partition(": ")
        option = f"--{name.replace('_', '-')}"
        remedy = remedy or f"see dlcourse {command} --help"
        raise UsageError(f"{option} {problem}", remedy) from error


def show(result: Mapping[str, Any], as_json: bool, text: str) -> None:
    """Print a result, as one JSON object on one line or as text.

    Raises: EnvironmentProblem, after that, where measure_test could not draw the figures.
    """
    print(json.dumps(result) if as_json else text, flush=True)
    problem, _, remedy = result.get("figures_problem", "").rpartition(": ")
    if problem:
        raise EnvironmentProblem(problem, remedy)


def run_command(command: Any, arguments: Sequence[str]) -> int:
    """Run one command line of a typer command; return its exit code. Errors are one line each."""
    _open_closed_streams()
    is_debugging = "--debug" in arguments or os.environ.get("DLCOURSE_DEBUG") == "1"
    words = [word for word in arguments if word != "--debug"]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an ASCII terminal shows what it can
    try:
        with contextlib.closing(ReadingDisplay(sys.stderr)) as display:
            before = watcher.set(display)
            try:
                exit_code = _invoke(command, words or ["--help"])
            finally:
                watcher.reset(before)
        sys.stdout.flush()  # a closed pipe shows here, not at the interpreter's end
    except (Exception, KeyboardInterrupt) as error:
        if is_debugging:
            _print_error(traceback.format_exc())
        exit_code = end_with(error)
    return exit_code


def _open_closed_streams() -> None:
    """Open os.devnull for each standard stream that the shell has closed.

    Else the next file that is opened gets the number of the stream, and all that the stream is
    sent.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 (as the others)
            setattr(sys, name, stream)


def _invoke(command: Any, words: Sequence[str]) -> int:
    """Run a command line that may end itself, as --help does; return its exit code."""
    try:
        with command.make_context("dlcourse", words) as context:
            command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    return 0


def end_with(error: BaseException) -> int:
    """Print the error in one line on stderr; return the exit code."""
    _give_up_lost_output(sys.stdout)
    if isinstance(error, BrokenPipeError):
        _give_up_lost_output(sys.stderr)
        return EXIT_OUTPUT_CLOSED
    if isinstance(error, KeyboardInterrupt):
        return _say("interrupted", str(error), getattr(error, "exit_code", EXIT_INTERRUPTED))
    if isinstance(error, DLCourseError):
        return _say("error", str(error), error.exit_code)
    if isinstance(error, CLICK_ERROR):
        return _say("error", _describe_click_error(error), UsageError.exit_code)
    if is_out_of_memory(error):
        return _say("error", OUT_OF_MEMORY, EnvironmentProblem.exit_code)
    if is_lost_process(error):
        return _say("error", LOST_PROCESS, EnvironmentProblem.exit_code)
    if isinstance(error, OSError):
        return _say("error", _describe_os_error(error), EnvironmentProblem.exit_code)
    report = _save_traceback(error)
    problem = f"a bug in dlcourse ({type(error).__name__}): please report it with {report}"
    return _say("error", problem, EXIT_BUG)


def _give_up_lost_output(stream: TextIO) -> None:
    """Where a stream cannot be written, let what it still holds go nowhere.

    Else the interpreter would try again at its end, and complain.
    """
    try:
        stream.flush()
    except OSError:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


def _describe_os_error(error: OSError) -> str:
    name = error.filename or "the output or a file"  # write() does not say which
    remedy = "use another path or change its permissions"
    if is_disk_full(error):
        remedy = "free some space, or use another disk"
    return f"{name}: {error.strerror or error}: {remedy}"


def _describe_click_error(error: Any) -> str:
    """Return what Click says of a wrong command line, and where its help is."""
    context = getattr(error, "ctx", None)
    instead = _find_instead(error)
    if instead:
        return f"there is no option {error.option_name}: {instead}"
    problem = error.format_message().rstrip(".")
    value = re.fullmatch(r"Invalid value for '(.+)': Input should be ([^,]+)(,.*)?", problem)
    if value:  # typer's words for what is not a number
        problem = f"{value[1]} must be {value[2]}, got {error.__cause__.errors()[0]['input']!r}"
    command = context.command_path if context else "dlcourse"
    remedy = f"see {command} --help"
    if context and context.parent is None and len(context.command.commands) > 1:
        *names, last = context.command.commands
        remedy = f"start with {', '.join(names)} or {last}, and write its options after it"
    colon = "" if problem.endswith("?") else ":"
    return f"{problem}{colon} {remedy}"


def _find_instead(error: Any) -> str:
    """Return what the command has in place of an option of other tools, or an empty text."""
    name = getattr(error, "option_name", "")
    for instead, names in OTHER_NAMES.items():
        if name in names.split():
            option = instead.partition(" ")[0]
            known = [one for parameter in error.ctx.command.params for one in parameter.opts]
            if option in known:
                return f"use {instead}"
            if not option.startswith("-"):
                return instead
    return ""


def _save_traceback(error: BaseException) -> str:
    """Write the traceback of an error to a new file; return its path, or how else to see it."""
    try:
        descriptor, path = tempfile.mkstemp(prefix="dlcourse-", suffix=".txt")
    except OSError:
        return "what --debug shows"
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        traceback.print_exception(error, file=file)
    return path


def _say(kind: str, text: str, exit_code: int) -> int:
    """Print one line on stderr and return the exit code."""
    line = f"dlcourse: {kind}: {text}" if text else f"dlcourse: {kind}"
    line = " ".join(line.split())  # Click's messages have line breaks
    _print_error(make_printable(line))
    return exit_code


def _print_error(text: str) -> None:
    """Print on stderr, where that can be written."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr)
    _give_up_lost_output(sys.stderr)
