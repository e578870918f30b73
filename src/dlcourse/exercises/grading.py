"""Grade a learner's program in this process: run the check, and say in one sentence what is wrong.

It uses the standard library alone, and serves the command line, notebooks and pages.
"""

import builtins
import errno
import math
import random
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import dlcourse.exercises.checking as checking
from dlcourse.exercises.checking import NotPassed

# A learner's program may replace the functions of `builtins`; those of this module stay.
__builtins__: Any = dict(vars(builtins))  # type: ignore[no-redef]

MESSAGES = {
    "not written yet": "Not written yet: {todo} ({file}, line {line}).",
    "empty": "{file} is empty: dlcourse exercises reset {id} writes the starter again.",
    "no python": "{file}, line {line}, is not valid Python ({text}): {code}",
    "missing": "{file} has no {name}: keep the name that the starter has.",
    "no function": "{name} in {file} is no longer a function: keep what the starter defines.",
    "other arguments": "{text}: keep the parameters that the starter has.",
    "too deep": "Your program calls itself without an end, in line {line} of {file}: {code}",
    "too much memory": "Your program needs more memory than the check allows, in line {line} of "
    "{file}: {code}",
    "too much output": "Your program writes more than 1 MB, in line {line} of {file}: {code}",
    "no keyboard": "Your program waits for the keyboard in line {line} of {file}: use the "
    "arguments of the function instead.",
    "ended itself": "Your program ends itself in line {line} of {file}: {code}",
    "assert": "Your assert in line {line} of {file} does not hold: {code}",
    "raised": "{error} in line {line} of {file}: {code}",
    "replaced": "Your program replaces {name} for all programs: use another name, so that the "
    "check can judge the result.",
}
# Keys of verdicts on a program that is not written: a check of it is no try, like that of an
# unchanged starter
NOT_A_TRY = ("not written yet", "empty")
FAULTY = "The check of {id} is faulty: please report it."
CALLED_WRONGLY = re.compile(r"[\w.<>]+\(\) (takes|missing|got) ")
# Folders of an absolute path; a message shows only the name of the file
FOLDERS = re.compile(r"(?<![\w.])(?:[A-Za-z]:)?[\\/](?:[^\s'\"()\\/]+[\\/])+")
LONGEST_PART = 60  # characters of an error's text, or of a line of code


@dataclass(frozen=True)
class Verdict:
    """What a check found: passed, or a sentence; `bug` is the traceback of an error of ours."""

    passed: bool
    key: str = ""  # of the message, in check.py, checking.py, here or in runner.py
    message: str = ""
    bug: str = ""


@dataclass(frozen=True)
class Program:
    """A learner's program: the id of its exercise, its file as messages show it, its content."""

    id: str
    file: str
    source: bytes

    @property
    def lines(self) -> list[str]:
        """The lines of the program, as far as they are text."""
        return self.source.decode("utf-8", "replace").splitlines()

    def place(self, line: int) -> dict[str, Any]:
        """Return what messages say of a line."""
        is_there = 0 < line <= len(self.lines)
        code = self.lines[line - 1].strip() if is_there else ""
        return {"id": self.id, "file": self.file, "line": line, "code": shorten(code)}


def load_check(folder: Path, name: str = "check") -> ModuleType:
    """Return the check of an exercise, given by its folder, as a module that nobody can import."""
    path = folder / f"{name}.py"
    module = ModuleType(name)
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    return module


def load_program(program: Program) -> ModuleType:
    """Run a learner's program, and return it as a module, which is not `__main__`."""
    name = "exercise_" + program.id.rpartition("/")[2]
    module = ModuleType(name)
    sys.modules[name] = module  # dataclasses look for the module of a class there
    code = compile(program.source, program.file, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module


def grade(check: ModuleType, program: Program, seed: int) -> Verdict:
    """Run a check on a learner's program; whatever the program does, the verdict says it.

    Only a check that returns has passed. A program that ends the process or never returns is the
    business of runner.py.
    """
    verdict, _ = run_program(
        lambda learner: check.check(learner, random.Random(seed)), check.MESSAGES, program
    )
    return verdict


def run_program(
    function: Callable[[ModuleType], Any], texts: dict[str, str], program: Program
) -> tuple[Verdict, Any]:
    """Call a function with the learner's program; return the verdict, and what it returned."""
    if not program.source.strip():
        return failed("empty", program.place(0)), None
    shared = read_shared()
    explain = explain_error
    undo = restore_shared
    learner = None
    result = None
    stopped: BaseException | None = None
    try:
        learner = load_program(program)
        result = function(learner)
    except BaseException as error:
        stopped = error
    replaced = undo(shared)
    if replaced:
        return failed("replaced", {"name": replaced}), None
    if stopped is not None:
        return explain(stopped, learner, texts, program), None
    return Verdict(passed=True), result


def read_shared() -> list[tuple[Any, dict[str, Any]]]:
    """Return the functions by which checks judge, with the modules and classes that own them."""
    owners: list[Any] = [builtins, math, random, checking]
    torch = sys.modules.get("torch")
    if torch is not None:
        owners += [torch, torch.Tensor, torch.nn.functional]
    shared = []
    for owner in owners:
        functions = {name: value for name, value in vars(owner).items() if callable(value)}
        shared.append((owner, functions))
    return shared


def restore_shared(shared: list[tuple[Any, dict[str, Any]]]) -> str:
    """Undo changes of the shared functions; return the name of one that had changed, or "".

    PyTorch wraps functions of its own when a program first uses an optimizer: these stay.
    """
    replaced = ""
    for owner, functions in shared:
        for name, value in functions.items():
            now = owner.__dict__.get(name)
            is_own = owner.__name__ == "torch" and getattr(now, "__wrapped__", None) is value
            if now is not value and not is_own:
                setattr(owner, name, value)
                replaced = f"{owner.__name__}.{name}"
    return replaced


def explain_error(
    error: BaseException, learner: ModuleType | None, texts: dict[str, str], program: Program
) -> Verdict:
    """Return the verdict on a check that ended with an exception."""
    if isinstance(error, NotPassed) and (error.key in texts or error.key in checking.MESSAGES):
        return failed(error.key, error.values, texts)
    line = find_line(error, program.file)
    if line is not None:
        return explain_line(error, line, program)
    if learner is None:
        return explain_unreadable(error, program)
    if isinstance(error, AttributeError) and error.obj is learner:
        return failed("missing", {**program.place(0), "name": error.name})
    if isinstance(error, TypeError) and CALLED_WRONGLY.match(str(error)):
        return failed("other arguments", {"text": plain(error)})
    if isinstance(error, TypeError) and "not callable" in str(error):
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        for name in frame.f_code.co_names:
            if name in vars(learner) and not callable(vars(learner)[name]):
                return failed("no function", {**program.place(0), "name": name})
    return Verdict(False, key="bug", bug="".join(traceback.format_exception(error)))


def find_line(error: BaseException, file: str) -> int | None:
    """Return the last line of the learner's that an exception passed, None where there is none.

    What a check puts together of the learner's lines and runs counts as the learner's.
    """
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        is_text = name.startswith("<") and not name.startswith("<frozen")
        if name == file or is_text:
            found = line
    return found


def explain_line(error: BaseException, line: int, program: Program) -> Verdict:
    """Return the verdict on an exception that a line of the learner's caused."""
    place = program.place(line)
    if isinstance(error, NotImplementedError):
        todo = [text for text in program.lines if "TODO:" in text]
        task = todo[0].partition("TODO:")[2].strip() if todo else "the function raises an error"
        return failed("not written yet", {**place, "todo": task})
    if isinstance(error, RecursionError):
        return failed("too deep", place)
    if isinstance(error, MemoryError):
        return failed("too much memory", place)
    if isinstance(error, OSError) and error.errno == errno.EFBIG:  # the limit of runner.py
        return failed("too much output", place)
    if isinstance(error, EOFError):
        return failed("no keyboard", place)
    if isinstance(error, SystemExit):
        return failed("ended itself", place)
    if isinstance(error, AssertionError):
        return failed("assert", place)
    return failed("raised", {**place, "error": describe(error)})


def explain_unreadable(error: BaseException, program: Program) -> Verdict:
    """Return the verdict on a program that Python cannot read."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    text = plain(error.msg if isinstance(error, SyntaxError) else error)
    return failed("no python", {**program.place(line or 1), "text": text})


def failed(key: str, values: dict[str, Any], texts: dict[str, str] = MESSAGES) -> Verdict:
    """Return the verdict whose message stands under a key, with its values filled in."""
    for table in (texts, checking.MESSAGES):
        if key in table:
            return Verdict(False, key, table[key].format(**values))
    raise KeyError(f"no message has the key {key!r}")


def describe(error: BaseException) -> str:
    """Return an exception's type and text."""
    text = plain(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def plain(error: Any) -> str:
    """Return an exception's text on one line, without folders of this machine."""
    try:
        text = str(error)
    except Exception:  # an exception class of the learner's may fail here
        text = ""
    return shorten(FOLDERS.sub("", " ".join(text.split())))


def shorten(text: str) -> str:
    """Return a text, cut where it is too long for a message."""
    return text if len(text) <= LONGEST_PART else f"{text[: LONGEST_PART - 3]}..."
