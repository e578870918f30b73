"""What a learner has done: the files in ./exercises, and .progress.json beside them.

Nothing of the learner's is ever overwritten. A reset keeps the old file as a backup, and a starter
that has changed since is written beside the learner's file.
"""

import datetime
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dlcourse.atomic_files import write_atomically
from dlcourse.errors import UsageError
from dlcourse.exercises.catalog import Exercise
from dlcourse.exercises.grading import NOT_A_TRY, Verdict

FOLDER = Path("exercises")
VERSION = 1
TRIES_BEFORE_SOLUTION = 3
# What the entry of an exercise may hold
TYPES = {
    "failed": int,  # checks of a program that was written and not passed
    "hints": int,  # how many of the three were shown
    "passed": str,  # when for the last time; later changes of the file do not remove it
    "sha256": str,  # of the file that was checked last
    "starter": str,  # sha256 of the starter that was written
    "skipped": bool,
    "solution": bool,  # was shown before passing
}


@dataclass
class Progress:
    """The content of .progress.json; ids that are not in the course are kept."""

    exercises: dict[str, dict[str, Any]] = field(default_factory=dict)
    quizzes: dict[str, dict[str, int]] = field(default_factory=dict)  # chapter: question: choice
    milestones: dict[str, Any] = field(default_factory=dict)  # exercise: the row of its milestone
    current: str = ""  # the exercise that was started or checked last

    def entry(self, exercise: Exercise) -> dict[str, Any]:
        """Return what is known of an exercise, to read and to change."""
        return self.exercises.setdefault(exercise.id, {})

    def has_passed(self, exercise: Exercise) -> bool:
        """Whether a check of an exercise was passed, even if its file has changed since."""
        return "passed" in self.entry(exercise)

    def state(self, exercise: Exercise) -> str:
        """Return an exercise's state: new, started, tried, passed, skipped."""
        entry = self.entry(exercise)
        if "passed" in entry:
            return "passed"
        if entry.get("skipped"):
            return "skipped"
        if entry.get("failed"):
            return f"tried {entry['failed']}"
        return "started" if file_of(exercise).exists() else "new"

    def next_after(self, exercises: list[Exercise]) -> Exercise | None:
        """Return what comes next in the course and is neither passed nor skipped."""
        ids = [one.id for one in exercises]
        place = ids.index(self.current) + 1 if self.current in ids else 0
        for exercise in exercises[place:] + exercises[:place]:
            if self.state(exercise) not in ("passed", "skipped"):
                return exercise
        return None

    def to_do(self, exercises: list[Exercise]) -> Exercise | None:
        """Return the exercise that was started last, or the next one after passing or skipping."""
        for exercise in exercises:
            is_open = self.state(exercise) not in ("passed", "skipped")
            if exercise.id == self.current and is_open:
                return exercise
        return self.next_after(exercises)

    def may_see_solution(self, exercise: Exercise) -> bool:
        """Whether the solution is free: after passing, or after three failed checks."""
        failed = self.entry(exercise).get("failed", 0)
        return self.has_passed(exercise) or failed >= TRIES_BEFORE_SOLUTION

    def record(self, exercise: Exercise, verdict: Verdict) -> None:
        """Record a check of the learner's file; what has passed once stays passed.

        A check of an empty file or an unchanged starter is no try.
        """
        entry = self.entry(exercise)
        self.current = exercise.id
        digest = hash_of(file_of(exercise).read_bytes())
        starters = (entry.get("starter"), hash_of(exercise.starter.encode()))
        if verdict.passed:
            now = datetime.datetime.now(datetime.UTC)
            entry["passed"] = now.isoformat(timespec="seconds")
            entry.pop("skipped", None)
        elif verdict.key not in NOT_A_TRY and digest not in starters:
            entry["failed"] = entry.get("failed", 0) + 1
        entry["sha256"] = digest

    def save(self) -> None:
        """Write the file, whole or not at all."""
        entries = {name: entry for name, entry in self.exercises.items() if entry}
        content = {"version": VERSION, **vars(self), "exercises": entries}
        text = json.dumps(content, indent=1, sort_keys=True)
        make_folder(FOLDER)
        write_atomically(FOLDER / ".progress.json", text.encode() + b"\n", durable=False)


def load_progress() -> tuple[Progress, str]:
    """Return what is known, and a sentence on a file that was broken, or "".

    A broken file is renamed. Raises: UsageError for a file of a newer version.
    """
    path = FOLDER / ".progress.json"
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Progress(), ""
    except ValueError:
        content = None
    if isinstance(content, dict) and content.get("version", 0) != VERSION:
        problem = f"{path} has the version {content.get('version')}"
        raise UsageError(problem, "it was written by another version of dlcourse: install that one")
    if is_sound(content):
        del content["version"]
        return Progress(**content), ""
    kept = first_free(path.with_name(".progress.broken"), "-{}.json")
    os.replace(path, kept)
    what = "dlcourse exercises check --all checks all your files again"
    return Progress(), f"{path} was broken and is now {kept.name}: {what}."


def is_sound(content: Any) -> bool:
    """Tell whether the content of the file is what a version of ours would write."""
    if not isinstance(content, dict) or not content.keys() <= {"version", *vars(Progress())}:
        return False
    tables = [content.get(name, {}) for name in ("exercises", "quizzes", "milestones")]
    if not all(isinstance(table, dict) for table in tables):
        return False
    entries = list(tables[0].values())
    if not all(isinstance(entry, dict) for entry in [*entries, *tables[1].values()]):
        return False
    return all(
        type(value) is TYPES.get(name, type(value))
        for entry in entries
        for name, value in entry.items()
    )


def file_of(exercise: Exercise) -> Path:
    """Return the path of the learner's file."""
    return FOLDER / f"{exercise.id}.py"


def write_starter(exercise: Exercise, progress: Progress) -> Path | None:
    """Write the learner's file unless it exists; return the path of a file that was written.

    If the file exists and the starter has changed since it was written, the new starter is written
    beside it.
    """
    path = file_of(exercise)
    starter = exercise.starter.encode()
    entry = progress.entry(exercise)
    digest = hash_of(starter)
    if path.exists():
        if entry.get("starter", digest) == digest or "passed" in entry:
            return None
        path = path.with_suffix(".new.py")
        if path.exists():
            path = first_free(path.with_suffix(""), "-{}.py")
    make_folder(path.parent)
    with open(path, "xb") as file:
        file.write(starter)
    entry["starter"] = digest
    return path


def reset(exercise: Exercise, progress: Progress) -> Path | None:
    """Write the starter again, and forget the checks; return the backup of the learner's file."""
    path = file_of(exercise)
    kept = None
    if path.exists():
        kept = first_free(path, ".bak-{}")
        os.rename(path, kept)
    progress.exercises.pop(exercise.id, None)
    write_starter(exercise, progress)
    return kept


def make_folder(folder: Path) -> None:
    """Create a folder for what the learner writes.

    Raises: UsageError where it would be in the course's own folder.
    """
    if (FOLDER / "index.toml").exists():
        raise UsageError("exercises is a folder of the course itself here", "go to another folder")
    folder.mkdir(parents=True, exist_ok=True)


def first_free(path: Path, ending: str) -> Path:
    """Return a path with an ending whose number is the first that is free, from 1."""
    number = 1
    while path.with_name(path.name + ending.format(number)).exists():
        number += 1
    return path.with_name(path.name + ending.format(number))


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()
