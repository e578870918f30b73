"""`dlcourse exercises watch`: check an exercise each time its file is saved.

It looks at the file ten times a second, which also works on network drives, where the system
reports no changes. This process imports what the check needs, and each check is a fork of it.
"""

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from dlcourse.commands.exercises_steps import (
    COMMAND,
    check_one,
    describe_failure,
    describe_next,
    show_hint,
    show_solution,
    wrap,
    write_file,
)
from dlcourse.errors import EnvironmentProblem, UsageError
from dlcourse.exercises.catalog import Exercise
from dlcourse.exercises.grading import load_check
from dlcourse.exercises.progress import file_of, hash_of, load_progress

POLL_SECONDS = 0.1
SETTLE_SECONDS = 0.01  # some editors empty a file before they write it
KEYS = "n next   h hint   r run   s solution   l list   q quit"
CLEAR = "\033[2J\033[H"

Signature = tuple[int, int, str]  # when the file was written, its size and its hash


class Keys:
    """The keyboard of a terminal, read key by key."""

    def __enter__(self) -> "Keys":
        if sys.platform != "win32":
            import termios
            import tty

            self.saved = termios.tcgetattr(0)
            tty.setcbreak(0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if sys.platform != "win32":
            import termios

            termios.tcsetattr(0, termios.TCSADRAIN, self.saved)

    def wait(self, seconds: float) -> str:
        """Return a key that is pressed within a time, or ""; "q" where the terminal is closed."""
        if sys.platform == "win32":
            import msvcrt

            time.sleep(seconds)
            return msvcrt.getwch() if msvcrt.kbhit() else ""
        import select

        ready, _, _ = select.select([0], [], [], seconds)
        if not ready:
            return ""
        return os.read(0, 1).decode("ascii", "replace") or "q"


class Watch:
    """One session of `watch`: the exercise on the screen, and what was last seen of its file."""

    def __init__(self, exercise: Exercise, catalog: list[Exercise]):
        self.catalog = catalog
        self.seen: Signature | None = None
        self.open(exercise)

    def open(self, exercise: Exercise) -> None:
        """Show an exercise, write its starter where it is missing, and check its file."""
        self.exercise = exercise
        progress, problem = load_progress()
        message = write_file(exercise, progress)
        progress.current = exercise.id
        progress.save()
        self.show(f"{problem}\n{message}".strip())
        load_check(exercise.folder)  # imports here once what each check needs
        self.check()

    def look(self) -> None:
        """Check the file if it has changed and stays as it is for a moment."""
        signature = read_signature(file_of(self.exercise))
        if signature is None or signature == self.seen:
            return
        time.sleep(SETTLE_SECONDS)
        if read_signature(file_of(self.exercise)) == signature:
            self.check()

    def check(self) -> None:
        """Check the file, and show the verdict."""
        path = file_of(self.exercise)
        self.seen = read_signature(path)
        if self.seen is None:
            self.show(f"{path} cannot be read: save it again, or press q.")
            return
        progress, _ = load_progress()
        verdict = check_one(self.exercise, progress, is_warm=True).verdict
        clock = time.strftime("%H:%M:%S")
        if verdict.passed:
            self.show(f"{clock} passed\n{wrap(self.exercise.why)}\nPress n for the next exercise.")
            return
        seen = progress.entry(self.exercise).get("hints", 0)
        help_text = f"Press h for hint {seen + 1} of 3." if seen < 3 else ""
        if seen >= 3 and progress.may_see_solution(self.exercise):
            help_text = "Press s for the solution."
        failure = describe_failure(self.exercise, progress)
        self.show(f"{clock} {failure}\n{wrap(verdict.message)}\n{help_text}".rstrip())

    def show(self, text: str) -> None:
        """Show the task, a text and the keys."""
        exercise = self.exercise
        heading = f"{exercise.title} ({file_of(exercise)})"
        print(f"{CLEAR}{heading}\n\n{wrap(exercise.task)}\n\n{text}\n\n{KEYS}", flush=True)

    def press(self, key: str) -> None:
        """Do what a key stands for."""
        progress, _ = load_progress()
        if key == "r":
            self.check()
        elif key == "h":
            self.show(show_hint(self.exercise, progress))
        elif key == "s":
            try:
                self.show(show_solution(self.exercise, progress))
            except UsageError as error:
                self.show(f"{error.problem}.")
        elif key == "l":
            chapter = [one for one in self.catalog if one.chapter == self.exercise.chapter]
            rows = [f"{progress.state(one):<9} {one.id}" for one in chapter]
            self.show("\n".join([*rows, f"All chapters: {COMMAND} list"]))
        elif key == "n":
            progress.current = self.exercise.id
            after = progress.next_after(self.catalog)
            if after is None:
                self.show(describe_next(progress, self.catalog))
            else:
                self.open(after)


def watch_exercise(exercise: Exercise, catalog: list[Exercise]) -> None:
    """Check an exercise at each save until q is pressed.

    Raises: EnvironmentProblem without a terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EnvironmentProblem("watch needs a terminal for its keys", f"use {COMMAND} check")
    with Keys() as keys:
        watch = Watch(exercise, catalog)
        key = ""
        while key != "q":
            key = keys.wait(POLL_SECONDS)
            watch.press(key)
            if not key:
                watch.look()


def read_signature(path: Path) -> Signature | None:
    """Return what tells two states of a file apart, or None where there is no file."""
    try:
        status = path.stat()
        return (status.st_mtime_ns, status.st_size, hash_of(path.read_bytes()))
    except OSError:
        return None
