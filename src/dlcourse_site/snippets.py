"""Run one snippet the way a reader would: alone, as `__main__`, in an empty folder.

It shares the process with other snippets (importing torch takes a second), so whatever it may leave behind is put back,
and is a failure where it would surprise a reader who runs two snippets in one session.
"""

import ast
import contextlib
import importlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dlcourse_site.outputs import tidy_svg

WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
guarded: list[Path] = []  # the project folder while a snippet runs
intruders: list[str] = []  # what a snippet tried to write there
is_watching = False


class TimeIsUp(BaseException):
    """Ends a snippet that runs for too long; no Exception, so that a snippet cannot catch it by accident."""


@dataclass
class Run:
    """What a snippet printed, drew and named; `problem` says what went wrong, starting with its place."""

    printed: str = ""
    figures: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    seconds: float = 0.0


def run_python(path: Path, root: Path, seconds: float) -> Run:
    """Run a snippet for at most `seconds`; never raises what the snippet raises."""
    run, name, source = Run(), path.relative_to(root).as_posix(), path.read_text("utf-8")
    printed, start = io.StringIO(), time.perf_counter()
    left: list[str] = []
    try:
        tree = ast.parse(source, str(path))
        import_early(tree)
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            file = shutil.copy(path, folder)  # what a reader has: one file in an empty folder
            module = types.ModuleType("__main__")
            module.__file__ = file
            for context in (restored(Path(folder), left), plots(name, run), as_main(module), no_writes(root)):
                stack.enter_context(context)
            stack.enter_context(contextlib.redirect_stdout(printed))
            stack.enter_context(time_limit(seconds))
            exec(compile(tree, str(path), "exec"), vars(module))
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        run.problem = explain(error, path, root, seconds)
    run.seconds = time.perf_counter() - start
    run.printed, run.names = printed.getvalue(), vars(module) if not run.problem else {}
    if intruders:
        run.problem = (
            run.problem
            or f"{name}: writes {intruders[0]} into the project's folder: write into the current folder"
        )
    if not run.problem and left:
        run.problem = f"{name}: leaves {' and '.join(left)} changed, which would surprise the next snippet in a session: put it back"
    return run


def run_bash(script: str, seconds: float) -> Run:
    """Run the commands of a bash block in an empty folder, with this environment's commands first in PATH."""
    start = time.perf_counter()
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env={**os.environ, "PATH": path},
                capture_output=True,
                text=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            return Run(problem=f"ran for more than {seconds:g} s")
    problem = (
        f"ended with exit code {done.returncode}\n{done.stdout}{done.stderr}".rstrip()
        if done.returncode
        else ""
    )
    return Run(done.stdout, problem=problem, seconds=time.perf_counter() - start)


def import_early(tree: ast.Module) -> None:
    """Import what a snippet imports, so that what imports change is not taken for the snippet's own doing."""
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for name in names:
            with contextlib.suppress(Exception):  # the snippet will meet the same error, at its own line
                importlib.import_module(name)
    if "torch" in sys.modules:
        importlib.import_module("torch._dynamo")  # the first optimiser would, and changes the environment


def settings() -> Iterator[tuple[str, Callable[[], Any], Callable[[Any], Any]]]:
    """What a snippet must leave as it was: its name, how to read it, how to put it back."""

    def put_environment(saved: dict[str, str]) -> None:
        os.environ.clear()
        os.environ.update(saved)

    yield "the current folder", os.getcwd, os.chdir
    yield "os.environ", lambda: dict(os.environ), put_environment
    yield "sys.path", lambda: list(sys.path), lambda saved: sys.path.__setitem__(slice(None), saved)
    yield (
        "warnings.filters",
        lambda: list(warnings.filters),
        lambda saved: warnings.filters.__setitem__(slice(None), saved),
    )  # type: ignore[attr-defined]
    if torch := sys.modules.get("torch"):
        yield "torch's default dtype", torch.get_default_dtype, torch.set_default_dtype
        yield "torch's default device", torch.get_default_device, torch.set_default_device
        yield "torch's gradient mode", torch.is_grad_enabled, torch.set_grad_enabled
        yield "torch's number of threads", torch.get_num_threads, torch.set_num_threads
        yield (
            "torch's deterministic mode",
            torch.are_deterministic_algorithms_enabled,
            torch.use_deterministic_algorithms,
        )
    if matplotlib := sys.modules.get("matplotlib"):
        yield "matplotlib's rcParams", matplotlib.rcParams.copy, matplotlib.rcParams.update


@contextlib.contextmanager
def restored(folder: Path, left: list[str]) -> Iterator[None]:
    """Enter the folder with scrambled random generators; afterwards put back and list the settings that changed.

    How numbers are printed (numpy, torch) is put back without complaint: a snippet may choose it.
    """
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.use("agg")
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(folder))
        random.seed()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
            stack.enter_context(numpy.printoptions())
            stack.enter_context(numpy.errstate())
        if torch := sys.modules.get("torch"):
            torch.seed()
            style = torch._tensor_str.PRINT_OPTS
            stack.callback(vars(style).update, vars(style).copy())
        before = [(what, read(), put) for what, read, put in settings()]
        try:
            yield
        finally:
            now = {what: read() for what, read, _ in settings()}
            for what, value, put in before:
                if now[what] != value:
                    left.append(what)
                    put(value)


@contextlib.contextmanager
def as_main(module: types.ModuleType) -> Iterator[None]:
    """Let a module be `__main__`, so that dataclasses, pickle and inspect work as in a script."""
    main, arguments = sys.modules["__main__"], sys.argv
    sys.modules["__main__"], sys.argv = module, [str(module.__file__)]
    try:
        yield
    finally:
        sys.modules["__main__"], sys.argv = main, arguments


@contextlib.contextmanager
def plots(name: str, run: Run) -> Iterator[None]:
    """Apply the site's plot style; afterwards keep the open figures as SVG and close them."""
    if "matplotlib" not in sys.modules:
        yield
        return
    import matplotlib
    from matplotlib import pyplot

    from dlcourse.draw import PLOT_STYLE

    shown: list[int] = []
    show, pyplot.show = pyplot.show, lambda *_, **__: shown.extend(pyplot.get_fignums())
    before = matplotlib.rcParams.copy()
    matplotlib.rcdefaults()
    matplotlib.rcParams.update(PLOT_STYLE)
    styled = matplotlib.rcParams.copy()
    try:
        yield
        if matplotlib.rcParams != styled:
            raise ValueError("changes matplotlib's rcParams: the site's plot style holds for every figure")
        matplotlib.rcParams["svg.hashsalt"] = name
        for number in pyplot.get_fignums():
            drawing = io.StringIO()
            pyplot.figure(number).savefig(drawing, format="svg", metadata={"Date": None, "Creator": None})
            run.figures.append(tidy_svg(drawing.getvalue()))
        if set(pyplot.get_fignums()) - set(shown):
            raise ValueError("draws a figure that no reader sees: end with plt.show()")
    finally:
        pyplot.close("all")
        pyplot.show = show
        matplotlib.rcParams.update(before)


def watch(event: str, arguments: tuple) -> None:
    """Refuse writes into the guarded folder (an audit hook, so it sees Python's own; C++ writers pass unseen)."""
    if not guarded or (event not in WRITES and event != "open"):
        return
    if event == "open" and not (
        set(arguments[1] or "") & set("wax+") or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
    ):
        return
    for path in arguments[: 1 if event == "open" else 2]:
        if isinstance(path, str | os.PathLike):
            full = Path(path).absolute()
            if full.is_relative_to(guarded[0]) and "__pycache__" not in full.parts:
                intruders.append(full.relative_to(guarded[0]).as_posix())
                raise PermissionError(f"a snippet may not write {intruders[-1]} into the project's folder")


@contextlib.contextmanager
def no_writes(root: Path) -> Iterator[None]:
    """Guard the project's folder while a snippet runs."""
    global is_watching
    if not is_watching:
        sys.addaudithook(watch)
        is_watching = True
    intruders.clear()
    guarded.append(root.resolve())
    try:
        yield
    finally:
        guarded.clear()


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in the running line after some seconds (where there are alarm signals: not on Windows)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: Any) -> None:
        raise TimeIsUp

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # and again each second, for a bare `except:` in a loop
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def explain(error: BaseException, path: Path, root: Path, seconds: float) -> str:
    """Say where in the snippet something was raised and what; then the way there through the project's own code."""

    def name(file: str) -> str:
        return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file

    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f"{name(str(path))}:{error.lineno}: {(error.text or '').strip()}\n    SyntaxError: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    own = [index for index, frame in enumerate(frames) if frame.filename == str(path)]
    what = "".join(traceback.format_exception_only(error)).strip()
    if not own:
        return f"{name(str(path))}: {error if isinstance(error, ValueError) else what}"
    if isinstance(error, SystemExit):
        what = "calls sys.exit(), which would end a reader's session: a snippet runs to its last line"
    if isinstance(error, TimeIsUp):
        what, frames = f"runs for more than {seconds:g} s: is the loop endless?", frames[: own[-1] + 1]
    way = [f for f in frames[own[0] :] if Path(f.filename).is_relative_to(root) or f is frames[-1]]
    steps = "\n".join(
        f"  {name(frame.filename)}:{frame.lineno}: in {frame.name}\n      {frame.line}" for frame in way
    )
    return f"{name(str(path))}:{frames[own[-1]].lineno}: {what}\n{steps}"
