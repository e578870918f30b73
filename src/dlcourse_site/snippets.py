"""Run one snippet as a reader would: alone, as `__main__`, in a folder with nothing but itself.

Snippets share a process, for importing torch takes a second. So what one leaves behind is put back, and is a
failure where it would surprise a reader who runs two snippets in one session.
"""

import ast
import contextlib
import faulthandler
import functools
import importlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dlcourse_site.outputs import tidy_svg

WRITES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


watched: list[Path] = []  # the project's folder, while a snippet runs


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

    def note(self, what: str) -> None:
        """Add a problem: what the snippet does."""
        self.problems.append(f"{self.name} {what}")


def run_python(path: Path, root: Path, seconds: float) -> Run:
    """Run a snippet of the project at `root`; whatever it raises becomes a problem of the run."""
    run, printed, source = Run(path.relative_to(root).as_posix()), io.StringIO(), path.read_text("utf-8")
    try:
        tree = ast.parse(source, str(path))
        import_early(tree)
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            module = types.ModuleType("__main__")
            module.__file__ = shutil.copy(path, folder)
            patch.setitem(sys.modules, "__main__", module)  # for dataclasses, pickle and inspect
            patch.setattr(sys, "argv", [module.__file__])
            patch.chdir(folder)
            code, kept = compile(tree, str(path), "exec"), redirect_stdout(printed)
            with figures_kept(run), restored(run, source), guarded(root), time_limit(seconds), kept:
                exec(code, vars(module))
        run.names = vars(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        run.problems.insert(0, explain(error, path, root))
    run.printed = printed.getvalue()
    return run


def run_bash(script: str, seconds: float) -> Run:
    """Run a script in an empty folder, this Python's environment first in PATH; its first failure ends it."""
    run = Run("the script")
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PATH": path}
        try:
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=seconds)
        except subprocess.TimeoutExpired:
            run.note(f"runs for more than {seconds:g} s")
            return run
    run.printed = done.stdout.decode()
    if done.returncode:
        run.note(f"ends with exit code {done.returncode}\n{run.printed}{done.stderr.decode()}".rstrip())
    return run


def import_early(tree: ast.Module) -> None:
    """Import what a snippet imports, so that what an import changes is not taken for the snippet's doing."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            with contextlib.suppress(Exception):  # the snippet meets the same error at its own line
                importlib.import_module(name)


def put_environment(saved: dict[str, str]) -> None:
    """Put the environment variables back."""
    os.environ.clear()
    os.environ.update(saved)


def settings(source: str) -> Iterator[tuple[str, Callable[[], Any], Callable[[Any], Any]]]:
    """Yield what a snippet must leave as it was: its name, how to read it, how to put it back.

    torch sets environment variables at its first optimiser, so they count only where the source names them.
    """
    yield "the current folder", os.getcwd, os.chdir
    if "environ" in source:
        yield "os.environ", os.environ.copy, put_environment
    yield "sys.path", lambda: list(sys.path), lambda saved: sys.path.__setitem__(slice(None), saved)
    if "warnings" in source:
        yield (
            "warnings.filters",
            lambda: list(warnings.filters),
            lambda _: None,
        )  # catch_warnings puts it back
    if torch := sys.modules.get("torch"):
        yield "torch's default dtype", torch.get_default_dtype, torch.set_default_dtype
        yield "torch's default device", torch.get_default_device, lambda _: torch.set_default_device(None)
        yield "torch's gradient mode", torch.is_grad_enabled, torch.set_grad_enabled
        yield "torch's number of threads", torch.get_num_threads, torch.set_num_threads
        mode = torch.are_deterministic_algorithms_enabled
        yield "torch's deterministic mode", mode, torch.use_deterministic_algorithms
    if matplotlib := sys.modules.get("matplotlib"):
        yield "matplotlib's rcParams", matplotlib.rcParams.copy, matplotlib.rcParams.update


@contextlib.contextmanager
def restored(run: Run, source: str) -> Iterator[None]:
    """Scramble the random generators before a snippet; note and put back the settings that it changed.

    A warning is an error if a reader would see it: not those of Python's that stay silent outside `__main__`.
    How numbers are printed is put back without a word: a snippet may choose that.
    """
    random.seed()
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("error")
        for silent in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", silent)
        warnings.filterwarnings("error", category=DeprecationWarning, module="__main__")
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
            stack.enter_context(numpy.printoptions())
            stack.enter_context(numpy.errstate())
        if torch := sys.modules.get("torch"):
            torch.seed()
            style = vars(torch._tensor_str.PRINT_OPTS)
            stack.callback(style.update, style.copy())
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
    if "matplotlib" not in sys.modules:
        yield
        return
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    from dlcourse.draw import PLOT_STYLE

    with pytest.MonkeyPatch.context() as patch, matplotlib.rc_context():
        matplotlib.rcdefaults()
        style: Any = {**PLOT_STYLE, "svg.hashsalt": run.name}
        matplotlib.rcParams.update(style)
        shown: list[int] = []
        patch.setattr(pyplot, "show", lambda *_, **__: shown.extend(pyplot.get_fignums()))
        try:
            yield
            for number in pyplot.get_fignums():
                svg = io.StringIO()
                pyplot.figure(number).savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
                run.figures.append(tidy_svg(svg.getvalue()))
            if set(pyplot.get_fignums()) - set(shown):
                run.note("draws what no reader sees: end it with plt.show()")
        finally:
            pyplot.close("all")


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop a snippet that writes into the project's folder.

    As an audit hook it sees what Python writes, at its line; a library that opens files in C++ passes unseen.
    """
    if not watched or event not in WRITES or (event == "open" and not (arguments[2] or 0) & WRITE_FLAGS):
        return
    for path in arguments[: 1 if event == "open" else 2]:
        file = Path(path).absolute() if isinstance(path, str) else Path("/")
        if file.is_relative_to(watched[0]) and "__pycache__" not in file.parts:
            where = file.relative_to(watched[0])
            raise Stopped(f"writes {where} into the project: a snippet writes into the current folder")


watch_once = functools.cache(lambda: sys.addaudithook(watch))  # a hook stays for ever


@contextlib.contextmanager
def guarded(root: Path) -> Iterator[None]:
    """Watch for writes into the project's folder."""
    watch_once()
    watched.append(root)
    try:
        yield
    finally:
        watched.clear()


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise Stopped in the running line after some seconds; on Windows, end the run with tracebacks."""
    if not hasattr(signal, "setitimer"):
        faulthandler.dump_traceback_later(seconds, exit=True)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
        return

    def stop(*_: Any) -> None:
        raise Stopped(f"runs for more than {seconds:g} s: is the loop endless?")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and each second again, should an `except:` swallow it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def explain(error: BaseException, path: Path, root: Path) -> str:
    """Say where a snippet raised what, and the way there through the project's own code."""

    def name(file: str) -> str:
        return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file

    if isinstance(error, SyntaxError) and error.filename == str(path):
        where = f"{name(error.filename)}:{error.lineno}"
        return f"{where}: SyntaxError: {error.msg}\n      {(error.text or '').strip()}"
    what = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, SystemExit):
        what = "calls sys.exit(), which ends a reader's session: a snippet runs to its last line"
    if isinstance(error, Stopped):
        what = str(error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [index for index, frame in enumerate(frames) if frame.filename == str(path)]
    if not own:
        return f"{name(str(path))}: {what}"
    is_ours = {
        f.filename: name(f.filename) != f.filename and "site-packages" not in f.filename for f in frames
    }
    way = [f for f in frames[own[0] :] if is_ours[f.filename] or f is frames[-1]]
    steps = [f"  {name(frame.filename)}:{frame.lineno}: in {frame.name}\n      {frame.line}" for frame in way]
    return "\n".join([f"{name(str(path))}:{frames[own[-1]].lineno}: {what}", *steps])
