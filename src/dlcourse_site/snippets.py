"""Run one snippet as a reader would: alone, as `__main__`, in a folder with nothing but itself.

Snippets share a process, for importing torch takes a second. So what one leaves behind is put back, and is a
failure where it would surprise a reader who runs two snippets in one session.
"""

import ast
import contextlib
import faulthandler
import functools
import io
import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dlcourse_site.outputs import tidy_svg
from dlcourse_site.shapes import Shapes

WRITES = {
    "open",
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
}
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

watched: dict[str, Path] = {}  # the project's folder, while a snippet runs


class Stopped(BaseException):
    """Ends a snippet that does what none may; not an Exception, which the snippet might catch."""


@dataclass
class Run:
    """What a snippet printed, drew and named, and sentences on what went wrong."""

    name: str
    printed: str = ""
    figures: list[str] = field(default_factory=list)  # SVG
    names: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    num_shapes: int = 0  # shape comments

    def note(self, what: str) -> None:
        """Add a problem: what the snippet does."""
        self.problems.append(f"{self.name} {what}")


def run_python(path: Path, root: Path, seconds: float) -> Run:
    """Run a snippet of the project at `root`; whatever it raises becomes a problem of the run."""
    run, printed, source = (
        Run(path.relative_to(root).as_posix()),
        io.StringIO(),
        path.read_text("utf-8"),
    )
    import_early(source)
    watch_once()
    shapes = Shapes()
    checking = patch.object(runpy, "compile", shapes.compile, create=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        copy = shutil.copy(path, folder)
        try:
            kept, watching = contextlib.redirect_stdout(printed), patch.dict(watched, project=root)
            with (
                figures_kept(run),
                settings_kept(run, source),
                watching,
                time_limit(seconds),
                kept,
                checking,
            ):
                run.names = runpy.run_path(copy, shapes.names, run_name="__main__")
            run.problems += [
                f"{run.name}:{line}: {what}" for line, what in sorted(shapes.problems.items())
            ]
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            run.problems.insert(0, explain(error, copy, run.name, root))
    run.printed, run.num_shapes = printed.getvalue(), len(shapes.comments)
    return run


def run_bash(script: str, seconds: float) -> Run:
    """Run a script in an empty folder, this Python's environment first in PATH; its first failure ends it."""
    run = Run("the script")
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PATH": path}
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            run.note(f"runs for more than {seconds:g} s")
            return run
    run.printed = done.stdout.decode()
    if done.returncode:
        run.note(
            f"ends with exit code {done.returncode}\n{run.printed}{done.stderr.decode()}".rstrip()
        )
    return run


def import_early(source: str) -> None:
    """Import what a snippet imports, so that what an import changes is not taken for the snippet's doing."""
    with contextlib.suppress(Exception):  # the snippet meets the same error at its own line
        tree = ast.parse(source)
        tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        exec(compile(tree, "imports", "exec"), {})


def settings(source: str) -> list[tuple[str, Callable, Callable]]:
    """Return what a snippet must leave as it was: its name, how to read it, how to put it back.

    Libraries change environment variables and warnings, too: those count where the source names them.
    """
    import matplotlib as mpl
    import torch

    deterministic = torch.are_deterministic_algorithms_enabled
    table: list[tuple[str, str, Callable, Callable]] = [
        ("", "the current folder", os.getcwd, os.chdir),
        ("environ", "os.environ", os.environ.copy, lambda _: "patch.dict does it"),
        ("", "sys.path", lambda: list(sys.path), lambda old: setattr(sys, "path", old)),
        (
            "warnings",
            "warnings.filters",
            lambda: list(warnings.filters),
            lambda _: "catch_warnings does it",
        ),
        ("", "torch's default dtype", torch.get_default_dtype, torch.set_default_dtype),
        (
            "",
            "torch's default device",
            torch.get_default_device,
            lambda _: torch.set_default_device(None),
        ),
        ("", "torch's gradient mode", torch.is_grad_enabled, torch.set_grad_enabled),
        ("", "torch's number of threads", torch.get_num_threads, torch.set_num_threads),
        ("", "torch's deterministic mode", deterministic, torch.use_deterministic_algorithms),
        ("", "matplotlib's rcParams", mpl.rcParams.copy, mpl.rcParams.update),
    ]
    return [(what, read, put) for word, what, read, put in table if word in source]


@contextlib.contextmanager
def settings_kept(run: Run, source: str) -> Iterator[None]:
    """Scramble the random generators before a snippet; note and put back the settings that it changed.

    A warning is an error if a reader would see it: not those of Python's that stay silent outside `__main__`.
    How numbers are printed is put back without a word: a snippet may choose that.
    """
    import numpy as np
    import torch

    for scramble in (random.seed, np.random.seed, torch.seed):
        scramble()
    digits, environment = patch.dict(vars(torch._tensor_str.PRINT_OPTS)), patch.dict(os.environ)
    with warnings.catch_warnings(), np.printoptions(), np.errstate(), digits, environment:
        warnings.simplefilter("error")
        for silent in (
            DeprecationWarning,
            PendingDeprecationWarning,
            ImportWarning,
            ResourceWarning,
        ):
            warnings.simplefilter("ignore", silent)
        warnings.filterwarnings("error", category=DeprecationWarning, module="__main__")
        before = [(what, read(), read, put) for what, read, put in settings(source)]
        try:
            yield
        finally:
            for what, value, read, put in before:
                if read() != value:
                    put(value)
                    run.note(f"leaves {what} changed, a surprise for the next snippet of a session")


@contextlib.contextmanager
def figures_kept(run: Run) -> Iterator[None]:
    """Apply the site's plot style; afterwards keep the figures that a snippet leaves open, and close them."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    from dlcourse.draw import PLOT_STYLE

    style, shown = {**PLOT_STYLE, "svg.hashsalt": run.name}, set[int]()
    show = patch.object(pyplot, "show", lambda *_, **__: shown.update(pyplot.get_fignums()))
    with show, mpl.style.context(style, after_reset=True):
        try:
            yield
            for number in pyplot.get_fignums():
                svg = io.StringIO()
                pyplot.figure(number).savefig(
                    svg, format="svg", metadata={"Date": None, "Creator": None}
                )
                run.figures.append(tidy_svg(svg.getvalue()))
            if set(pyplot.get_fignums()) - shown:
                run.note("draws what no reader sees: end it with plt.show()")
        finally:
            pyplot.close("all")


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop a snippet that goes online or writes into the project; an audit hook sees Python, not C++."""
    if watched and event == "socket.getaddrinfo" and arguments[0] != "localhost":
        raise Stopped(f"asks the network for {arguments[0]}: a snippet runs offline")
    if (
        not watched
        or event not in WRITES
        or (event == "open" and not (arguments[2] or 0) & WRITE_FLAGS)
    ):
        return
    for path in arguments[: 1 if event == "open" else 2]:
        file = Path(path).absolute() if isinstance(path, str) else Path("/")
        if file.is_relative_to(watched["project"]) and "__pycache__" not in file.parts:
            where = file.relative_to(watched["project"])
            raise Stopped(
                f"writes {where} into the project: a snippet writes into the current folder"
            )


watch_once = functools.cache(lambda: sys.addaudithook(watch))  # a hook stays for ever


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Stopped in the running line after some seconds; on Windows, end the run with tracebacks."""

    def stop(*_: Any) -> None:
        raise Stopped(f"runs for more than {seconds:g} s: is the loop endless?")

    if os.name == "nt":
        faulthandler.dump_traceback_later(seconds, exit=True)
        cancel: Callable[[], Any] = faulthandler.cancel_dump_traceback_later
    else:
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(
            signal.ITIMER_REAL, seconds, 1
        )  # and each second again: an `except:` may swallow it
        cancel = functools.partial(signal.setitimer, signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        cancel()


def explain(error: BaseException, copy: str, name: str, root: Path) -> str:
    """Say where a snippet, run as a copy, raised what, and the way there through the project's own code."""
    what = f"{type(error).__name__}: {error}".removesuffix(": ")
    if isinstance(error, SystemExit):
        what = "calls sys.exit(), which ends a reader's session: a snippet runs to its last line"
    if isinstance(error, Stopped):
        what = str(error)
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__
    ]
    if isinstance(error, SyntaxError):
        line = (error.text or "").strip()
        frames.append(
            traceback.FrameSummary(error.filename or "", error.lineno, "<module>", line=line)
        )
    last_own, steps = name, []
    for frame in frames:
        file = root / name if frame.filename == copy else Path(frame.filename)
        place = f"{file.relative_to(root).as_posix() if file.is_relative_to(root) else file}:{frame.lineno}"
        if frame.filename == copy:
            last_own = place
        is_ours = file.is_relative_to(root) and "site-packages" not in file.parts
        if last_own != name and (is_ours or frame is frames[-1]):
            steps.append(f"  {place}: in {frame.name}\n      {frame.line}")
    return "\n".join([f"{last_own}: {what}", *steps])
