"""`dlcourse exercises watch` in a terminal: saving a file and pressing keys."""

import os
import re
import select
import signal
import statistics
import sys
import time
from pathlib import Path

import pytest

from dlcourse.commands.exercises_watch import read_signature
from dlcourse.exercises.catalog import find_exercise, load_exercises

from .conftest import COMMAND

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")

CATALOG = load_exercises()
EXERCISE = find_exercise("neuron/weighted_sum", CATALOG)
FILE = Path("exercises/neuron/weighted_sum.py")
SECONDS = 60  # for what takes 0.3 s on a quiet machine


class Terminal:
    """A command that runs in a terminal of its own."""

    def __init__(self, *words):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background job ignores it
            os.execv(sys.executable, [*COMMAND, *words])
        self.screen = ""

    def wait_for(self, text):
        """Read until a text appears; return the seconds that took, and forget what was read."""
        before = time.monotonic()
        while text not in self.screen:
            assert select.select([self.master], [], [], SECONDS)[0], self.screen
            said = os.read(self.master, 65536).decode("utf-8", "replace")
            self.screen = re.sub(r"\s+", " ", self.screen + said)  # long lines are broken
        self.screen = self.screen.partition(text)[2]
        return time.monotonic() - before

    def press(self, key):
        os.write(self.master, key.encode())

    def end(self):
        """Return the exit code, once the command has ended."""
        try:
            while os.read(self.master, 65536):
                pass
        except OSError:  # Linux says EIO where the terminal's other end is closed
            pass
        os.close(self.master)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@pytest.fixture
def watch():
    """Return a watch of the exercise, whose starter was checked."""
    terminal = Terminal("exercises", "watch", EXERCISE.id)
    terminal.wait_for("Not written yet")
    terminal.wait_for("q quit")
    yield terminal
    if terminal.pid:
        os.write(terminal.master, b"q")
        assert terminal.end() == 0


def save(name):
    """Save one of the exercise's own programs as editors do: beside, and then in its place."""
    beside = FILE.with_suffix(".tmp")
    beside.write_text(EXERCISE.read(f"{name}.py"), "utf-8")
    os.replace(beside, FILE)


def test_saving_checks_the_file(watch):
    save("wrong_no_bias")
    watch.wait_for("the bias is not added.")
    watch.wait_for("Press h for hint 1 of 3.")
    FILE.write_text(EXERCISE.read("wrong_bias_each.py"), "utf-8")  # in place
    watch.wait_for("the bias is added once for each input")
    save("solution")
    watch.wait_for("passed")
    watch.wait_for("Press n for the next exercise.")
    save("wrong_no_bias")
    watch.wait_for("passed before, but the present file does not pass")
    watch.wait_for("the bias is not added.")


def test_keys(watch):
    watch.press("h")
    watch.wait_for("Hint 1 of 3: Each weight belongs")
    watch.press("s")
    watch.wait_for("is shown after passing or 3 checks")
    watch.press("l")
    watch.wait_for(f"started {EXERCISE.id}")
    watch.wait_for("All chapters: dlcourse exercises list")
    watch.press("r")
    watch.wait_for("Not written yet")
    save("solution")
    watch.wait_for("Press n")
    watch.press("s")
    watch.wait_for("once for the neuron, not once for each input")
    watch.press("x")  # no key of watch


def test_n_writes_and_opens_the_next_exercise(watch):
    save("solution")
    watch.wait_for("Press n")
    watch.press("n")
    place = CATALOG.index(EXERCISE) + 1
    if place < len(CATALOG):
        watch.wait_for(f"Wrote exercises/{CATALOG[place].id}.py")
    elif len(CATALOG) == 1:
        watch.wait_for("There is no further exercise")


def test_a_deleted_file_is_waited_for(watch):
    FILE.unlink()
    time.sleep(0.3)
    watch.press("r")
    watch.wait_for(f"{FILE} cannot be read: save it again, or press q.")
    save("solution")
    watch.wait_for("Press n")


def test_ctrl_c_ends_it_in_one_line(watch):
    watch.press("\x03")
    watch.wait_for("dlcourse: interrupted")
    assert watch.end() == 130
    watch.pid = 0


def test_a_signature_tells_contents_of_one_size_and_time_apart(tmp_path):
    path = tmp_path / "program.py"
    signatures = []
    for text in ("a = 1", "a = 2"):
        path.write_text(text)
        os.utime(path, (0, 0))
        signatures.append(read_signature(path))
    assert signatures[0] != signatures[1]
    assert read_signature(tmp_path / "nothing.py") is None


def from_save_to_verdict(exercise, count):
    """Return the seconds from each of several saves to its verdict."""
    file = Path(f"exercises/{exercise.id}.py")
    terminal = Terminal("exercises", "watch", exercise.id)
    terminal.wait_for("q quit")
    terminal.wait_for("q quit")
    seconds = []
    for number in range(count):
        time.sleep(0.05 * (number % 7))  # at other moments between two looks
        name = "solution.py" if number % 2 else "starter.py"
        file.write_text(exercise.read(name), "utf-8")
        seconds.append(terminal.wait_for(" passed" if number % 2 else "not pass"))
        terminal.wait_for("q quit")
    terminal.press("q")
    assert terminal.end() == 0
    return seconds


@pytest.mark.soak
@pytest.mark.parametrize(("needs_torch", "most_seconds"), [(False, 0.3), (True, 0.6)])
def test_a_verdict_comes_soon_after_saving(needs_torch, most_seconds):
    """The median, because a busy machine stops both processes now and then."""
    exercise = next(one for one in CATALOG if one.needs_torch == needs_torch)
    seconds = from_save_to_verdict(exercise, 20)
    print(f"median {statistics.median(seconds):.3f} s, longest {max(seconds):.3f} s")
    assert statistics.median(seconds) <= most_seconds


def test_the_keys_are_named_on_the_screen(watch):
    watch.press("h")
    watch.wait_for("n next h hint r run s solution l list q quit")
    assert not re.search(r"[^\x00-\x7f]", watch.screen)
