"""Run one snippet as a reader would: alone, as `__main__`, in a folder with nothing but itself.

Snippets share a process, because importing torch takes a second. What a snippet leaves behind is
put back, and is a failure where it would surprise a reader who runs two snippets in one session.
"""

import ast
import contextlib
import faulthandler
import functools
import io
import os
import random
import re
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
from dlcourse_site.places import name_in
from dlcourse_site.shapes import Shapes

WRITES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"}
WRITES |= {"os.truncate"}
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Python shows these warnings in `__main__` alone, and ResourceWarning not at all
SILENT = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)

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


@dataclass
class Setting:
    """What a snippet must leave as it was, how to read it, and how to put it back.

    Libraries change some settings, too: such a setting counts only where the snippet has its word.
    """

    what: str
    read: Callable[[], Any]
    put_back: Callable[[Any], Any]
    word: str = ""


def run_python(path: Path, root: Path, seconds: float) -> Run:
    """Run a snippet of the project at `root`; whatever it raises becomes a problem of the run."""
    run = Run(path.relative_to(root).as_posix())
    printed = io.StringIO()
    source = path.read_text("utf-8")
    import_early(source)
    watch_once()
    shapes = Shapes()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        copy = shutil.copy(path, folder)
        try:
            with (
                figures_kept(run),
                settings_kept(run, source),
                patch.dict(watched, project=root),
                time_limit(seconds),
                contextlib.redirect_stdout(printed),
                patch.object(runpy, "compile", shapes.compile, create=True),
            ):
                run.names = runpy.run_path(copy, shapes.names, run_name="__main__")
            for line, what in sorted(shapes.problems.items()):
                run.problems.append(f"{run.name}:{line}: {what}")
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            run.problems.insert(0, explain(error, copy, run.name, root))
    run.printed = printed.getvalue()
    run.num_shapes = len(shapes.comments)
    return run


def run_bash(script: str, seconds: float) -> Run:
    """Run a script in an empty folder until its first failure.

    The environment of this Python comes first in its PATH.
    """
    run = Run("the script")
    programs = Path(sys.executable).parent
    path = os.environ.get("PATH", "")
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{path}"}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            run.note(f"runs for more than {seconds:g} s")
            return run
    run.printed = done.stdout.decode()
    if done.returncode:
        said = run.printed + done.stderr.decode()
        run.note(f"ends with exit code {done.returncode}\n{said}".rstrip())
    return run


def import_early(source: str) -> None:
    """Import what a snippet imports, so that what an import changes does not count as its doing."""
    with contextlib.suppress(Exception):  # the snippet meets the same error at its own line
        tree = ast.parse(source)
        imports = ast.Import | ast.ImportFrom
        tree.body = [node for node in tree.body if isinstance(node, imports)]
        exec(compile(tree, "imports", "exec"), {})


def settings(source: str) -> list[Setting]:
    """Return the settings that a snippet must leave as they were."""
    import matplotlib as mpl
    import torch

    def nothing(_: Any) -> None:
        """Leave it to the context of `settings_kept`, which puts this setting back."""

    table = [
        Setting("the current folder", os.getcwd, os.chdir),
        Setting("os.environ", os.environ.copy, nothing, "environ"),
        Setting(
            "sys.path",
            lambda: list(sys.path),
            lambda old: setattr(sys, "path", old),
        ),
        Setting("warnings.filters", lambda: list(warnings.filters), nothing, "warnings"),
        Setting("torch's default dtype", torch.get_default_dtype, torch.set_default_dtype),
        Setting(
            "torch's default device",
            torch.get_default_device,
            lambda _: torch.set_default_device(None),
        ),
        Setting("torch's gradient mode", torch.is_grad_enabled, torch.set_grad_enabled),
        Setting("torch's number of threads", torch.get_num_threads, torch.set_num_threads),
        Setting(
            "torch's deterministic mode",
            torch.are_deterministic_algorithms_enabled,
            torch.use_deterministic_algorithms,
        ),
        Setting("matplotlib's rcParams", mpl.rcParams.copy, mpl.rcParams.update),
    ]
    return [setting for setting in table if re.search(rf"{setting.word}\b", source)]


@contextlib.contextmanager
def settings_kept(run: Run, source: str) -> Iterator[None]:
    """Scramble the random generators before a snippet; note and put back the settings it changed.

    A warning is an error if a reader would see it: not those of Python's that stay silent outside
    `__main__`. How numbers are printed is put back without a word, because a snippet may choose it.
    """
    import numpy as np
    import torch

    for scramble in (random.seed, np.random.seed, torch.seed):
        scramble()
    with (
        warnings.catch_warnings(),
        np.printoptions(),
        np.errstate(),
        patch.dict(vars(torch._tensor_str.PRINT_OPTS)),
        patch.dict(os.environ),
    ):
        warnings.simplefilter("error")
        for silent in SILENT:
            warnings.simplefilter("ignore", silent)
        warnings.filterwarnings("error", category=DeprecationWarning, module="__main__")
        before = [(setting, setting.read()) for setting in settings(source)]
        try:
            yield
        finally:
            for setting, value in before:
                if setting.read() != value:
                    setting.put_back(value)
                    surprise = "a surprise for the next snippet of a session"
                    run.note(f"leaves {setting.what} changed, {surprise}")


@contextlib.contextmanager
def figures_kept(run: Run) -> Iterator[None]:
    """Apply the site's plot style; then keep and close the figures that a snippet leaves open."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    from dlcourse.draw import PLOT_STYLE

    style = {**PLOT_STYLE, "svg.hashsalt": run.name}
    shown: set[int] = set()

    def show(*_: Any, **__: Any) -> None:
        shown.update(pyplot.get_fignums())

    with (
        patch.object(pyplot, "show", show),
        mpl.style.context(style, after_reset=True),
    ):
        try:
            yield
            for number in pyplot.get_fignums():
                svg = io.StringIO()
                undated = {"Date": None, "Creator": None}
                pyplot.figure(number).savefig(svg, format="svg", metadata=undated)
                run.figures.append(tidy_svg(svg.getvalue()))
            if set(pyplot.get_fignums()) - shown:
                run.note("draws what no reader sees: end it with plt.show()")
        finally:
            pyplot.close("all")


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop a snippet that goes online or writes into the project.

    This is an audit hook, which sees what Python does, but not what C++ does.
    """
    if not watched:
        return
    if event == "socket.getaddrinfo" and arguments[0] != "localhost":
        raise Stopped(f"asks the network for {arguments[0]}: a snippet runs offline")
    if event not in WRITES:
        return
    paths = arguments[:2]
    if event == "open":
        path, _, flags = arguments
        if not (flags or 0) & WRITE_FLAGS:
            return
        paths = (path,)
    for path in paths:
        file = Path("/")
        if isinstance(path, str):
            file = Path(path).absolute()
        if file.is_relative_to(watched["project"]) and "__pycache__" not in file.parts:
            where = file.relative_to(watched["project"])
            instead = "a snippet writes into the current folder"
            raise Stopped(f"writes {where} into the project: {instead}")


@functools.cache
def watch_once() -> None:
    """Start to watch; a hook stays forever."""
    sys.addaudithook(watch)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Stopped in the running line after some seconds.

    On Windows, which has no such signal, the whole run ends with tracebacks.
    """

    def stop(*_: Any) -> None:
        raise Stopped(f"runs for more than {seconds:g} s: is the loop endless?")

    if os.name == "nt":
        faulthandler.dump_traceback_later(seconds, exit=True)
        cancel: Callable[[], Any] = faulthandler.cancel_dump_traceback_later
    else:
        signal.signal(signal.SIGALRM, stop)
        # And each second again, because an `except:` may swallow the first
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)
        cancel = functools.partial(signal.setitimer, signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        cancel()


def explain(error: BaseException, copy: str, name: str, root: Path) -> str:
    """Say where a snippet, run as a copy, raised what, and the way there through our own code."""
    what = f"{type(error).__name__}: {error}".removesuffix(": ")
    if isinstance(error, SystemExit):
        what = "calls sys.exit(), which ends a reader's session: a snippet runs to its last line"
    if isinstance(error, Stopped):
        what = str(error)
    calls = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in calls if frame.filename != __file__]
    if isinstance(error, SyntaxError):
        file_name = error.filename or ""
        line = (error.text or "").strip()
        frames.append(traceback.FrameSummary(file_name, error.lineno, "<module>", line=line))

    last_own = name
    steps = []
    for frame in frames:
        is_copy = frame.filename == copy
        file = root / name if is_copy else Path(frame.filename)
        place = f"{name_in(root, file)}:{frame.lineno}"
        if is_copy:
            last_own = place
        is_ours = file.is_relative_to(root) and "site-packages" not in file.parts
        if last_own != name and (is_ours or frame is frames[-1]):
            steps.append(f"  {place}: in {frame.name}\n      {frame.line}")
    return "\n".join([f"{last_own}: {what}", *steps])
