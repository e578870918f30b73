"""Run a learner's program in a process of its own, with limits, and read the verdict.

The process writes its verdict into a file that only it and this process have, behind a random
word. Silence is "not passed". This protects from accidents, and not from a learner who wants to
deceive the check: a program can find the word in the memory of its process.
"""

import contextlib
import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from dlcourse.errors import EnvironmentProblem
from dlcourse.exercises.catalog import Exercise
from dlcourse.exercises.grading import Program, Verdict, grade, load_check, run_program

MESSAGES = {
    "too slow": "Stopped after {seconds:g} s: is there a loop that never ends?",
    "crashed": "Your program made Python crash ({signal}) before the check was done.",
    "left": "Your program ended the process before the check was done: leave out os._exit().",
    "too large": "{file} has more than 1 MB: dlcourse exercises reset {id} writes the starter "
    "again.",
}
MOST_FILE_BYTES = 1_000_000
MOST_OUTPUT_LINES = 20
START_SECONDS = 60.0  # a busy machine needs 20 s to import PyTorch
POLL_SECONDS = 0.005
# The new interpreter takes dlcourse from where this one has it, and all else as it finds it
START = """
import sys
sys.path.insert(0, sys.argv[1])
import dlcourse
del sys.path[0]
from dlcourse.exercises.runner import main
main()
"""


@dataclass(frozen=True)
class Limits:
    """What a learner's program may use."""

    seconds: float  # by the clock
    memory_bytes: int  # of address space, of which PyTorch reserves much


PURE_LIMITS = Limits(seconds=10, memory_bytes=2 << 30)
TORCH_LIMITS = Limits(seconds=30, memory_bytes=8 << 30)


@dataclass(frozen=True)
class Result:
    """The verdict on a program, its output's first lines, and what a milestone returned."""

    verdict: Verdict
    output: str
    seed: int
    returned: Any = None


class Process(Protocol):
    """What runs a request: subprocess.Popen, or a fork of this process."""

    pid: int

    def poll(self) -> int | None:
        """Return the exit status, or None as long as the process runs."""


@dataclass
class Fork:
    """A copy of this process, which has already imported what a check needs."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status as subprocess does: below 0 is a signal."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def check_file(exercise: Exercise, path: Path, **options: Any) -> Result:
    """Check a learner's file, with the options of check_source.

    Raises: OSError when the file cannot be read; EnvironmentProblem when the machine is too busy.
    """
    return check_source(exercise, path.read_bytes(), path.as_posix(), **options)


def check_source(
    exercise: Exercise,
    source: bytes,
    file: str,
    *,
    seed: int | None = None,
    limits: Limits | None = None,
    is_warm: bool = False,
    task: str = "check",
) -> Result:
    """Check a learner's program; a warm check is a fork of this process, where the system can.

    Messages say that it stands in `file`. The task "milestone" calls run() of milestone.py in the
    exercise's folder instead, and the result has what it returned.

    Raises: EnvironmentProblem when the machine is too busy.
    """
    seed = random.SystemRandom().randrange(10_000) if seed is None else seed
    if len(source) > MOST_FILE_BYTES:
        verdict = explain_silence("too large", file=file, id=exercise.id)
        return Result(verdict, "", seed)
    is_warm = is_warm and hasattr(os, "fork")
    if limits is None:
        is_loaded = is_warm and "torch" in sys.modules
        needs_torch = exercise.needs_torch or b"torch" in source or task == "milestone"
        limits = TORCH_LIMITS if needs_torch or is_loaded else PURE_LIMITS
    request = {
        "task": task,
        "folder": str(exercise.folder),
        "program": {"id": exercise.id, "file": file},
        "source": source.decode("latin-1"),  # any bytes, as text
        "seed": seed,
        "limits": asdict(limits),
        "word": secrets.token_hex(16),
    }
    answers, output, ending = run_request(request, is_warm)
    verdict, returned = read_answers(answers, output, ending, limits)
    lines = output.splitlines()[:MOST_OUTPUT_LINES]
    return Result(verdict, "\n".join(lines), seed, returned)


def run_request(request: dict[str, Any], is_warm: bool) -> tuple[list[Any], str, int | None]:
    """Run a request in a process; return its answers, its output, and how it ended.

    The first answer says that the program begins, the second is the verdict. The process and all
    that it has started are killed at the end. It ended with None if it was too slow.
    """
    start = start_fork if is_warm else start_process
    with (
        tempfile.TemporaryFile() as answers,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        process = start(request, answers, output, folder)
        try:
            ending = wait_for(process, answers, request["limits"]["seconds"])
        finally:
            kill_group(process)
        answers.seek(0)
        output.seek(0)
        word = request["word"].encode()
        written = answers.read(2 * MOST_FILE_BYTES).split(word)[1:]
        said = output.read(MOST_FILE_BYTES).decode("utf-8", "replace")
    return [json.loads(one.splitlines()[0]) for one in written], said, ending


def start_process(
    request: dict[str, Any], answers: BinaryIO, output: BinaryIO, folder: str
) -> Process:
    """Start a new interpreter that reads the request from its standard input."""
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    found = os.pathsep.join(os.path.abspath(path) for path in paths if path)
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(Path(__file__).parents[2])],
        stdin=subprocess.PIPE,
        stdout=answers,
        stderr=output,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": found, "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(json.dumps(request).encode())
    return process


def start_fork(
    request: dict[str, Any], answers: BinaryIO, output: BinaryIO, folder: str
) -> Process:
    """Start a copy of this process."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.chdir(folder)
            os.dup2(answers.fileno(), 1)
            os.dup2(output.fileno(), 2)
            serve(request)
        finally:
            os._exit(1)
    return Fork(pid)


def wait_for(process: Process, answers: BinaryIO, seconds: float) -> int | None:
    """Wait until a process ends; return its exit status, or None when it is too slow.

    Its time begins with its first answer, after the imports.
    """
    end = time.monotonic() + START_SECONDS
    has_begun = False
    while process.poll() is None:
        if not has_begun and os.fstat(answers.fileno()).st_size > 0:
            has_begun = True
            end = time.monotonic() + seconds
        if time.monotonic() > end:
            return None
        time.sleep(POLL_SECONDS)
    return process.poll()


def kill_group(process: Process) -> None:
    """Kill a process and those that it has started."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            os.kill(process.pid, signal.SIGTERM)  # on Windows this ends a process at once
    while process.poll() is None:
        time.sleep(POLL_SECONDS)


def read_answers(
    answers: list[Any], output: str, ending: int | None, limits: Limits
) -> tuple[Verdict, Any]:
    """Return the verdict of a process that has ended, and what a milestone returned."""
    if len(answers) > 1:
        return Verdict(**answers[-1]["verdict"]), answers[-1]["returned"]
    if not answers and ending is None:
        problem = f"the check did not start within {START_SECONDS:g} s"
        raise EnvironmentProblem(problem, "try again when the machine is less busy")
    if not answers:
        return Verdict(False, "bug", bug=output or f"exit status {ending}"), None
    if ending is None or ending == -getattr(signal, "SIGXCPU", 0):
        return explain_silence("too slow", seconds=limits.seconds), None
    if ending < 0:
        return explain_silence("crashed", signal=signal.Signals(-ending).name), None
    return explain_silence("left"), None


def explain_silence(key: str, **values: Any) -> Verdict:
    """Return the verdict on a program that let its process give none."""
    return Verdict(False, key, MESSAGES[key].format(**values))


def main() -> None:
    """Serve the request that standard input holds."""
    serve(json.load(sys.stdin))


def serve(request: dict[str, Any]) -> None:
    """Run a request and write its answers; this ends the process.

    The verdict goes where standard output went. What the program prints goes to standard error.
    """
    private = os.dup(1)
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    word = request["word"].encode()
    try:
        answer = run_task(request, lambda: os.write(private, word + b"true\n"))
        os.write(private, word + json.dumps(answer).encode() + b"\n")
    except BaseException:
        traceback.print_exc()
    os._exit(0)


def run_task(request: dict[str, Any], begin: Callable[[], Any]) -> dict[str, Any]:
    """Load the check, tell that the learner's program begins, and run it."""
    folder = Path(request["folder"])
    program = Program(**request["program"], source=request["source"].encode("latin-1"))
    module = load_check(folder, request["task"])
    prepare_process(Limits(**request["limits"]), request["seed"])
    begin()
    if request["task"] == "check":
        verdict = grade(module, program, request["seed"])
        returned = None
    else:
        verdict, returned = run_program(module.run, {}, program)
    return {"verdict": asdict(verdict), "returned": returned}


def prepare_process(limits: Limits, seed: int) -> None:
    """Set the limits and seeds of this process, and hide our modules from the program."""
    random.seed(seed)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
        torch.manual_seed(seed)
    for name in ("__main__", "dlcourse.exercises.runner", "dlcourse.exercises.grading"):
        sys.modules.pop(name, None)
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = int(time.process_time() + limits.seconds) + 1
    for kind, most, hard_most in (
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, MOST_FILE_BYTES, MOST_FILE_BYTES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS has no limit of address space
            resource.setrlimit(kind, (most, hard_most))
