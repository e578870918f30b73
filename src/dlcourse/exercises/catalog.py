"""What the course has to practice with: exercises in the order of index.toml, and quizzes.

An exercise is a folder, `<chapter>/<task>`, and this path is its id. It uses the standard library
alone and reads a file when its text is asked for.
"""

import ast
import difflib
import functools
import re
import sys
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dlcourse.errors import UsageError

FOLDER = Path(__file__).parent
HEADING = re.compile(r"^## (Hint [123]|Why it matters)$", re.MULTILINE)
FILES_THAT_RUN = ("check.py", "starter.py", "solution.py")
OBJECTIVES = "After this page you can"  # stands above a page's list of them
PURE = ("dlcourse.scratch", "dlcourse.exercises.checking")  # what a pure exercise may import of us


@dataclass(frozen=True)
class Exercise:
    """One exercise: its entry in index.toml, and the texts of its folder."""

    id: str  # chapter/task
    page: str  # the page in docs/ that shows it, such as "neuron" or "code/slopes"
    objectives: tuple[int, ...]  # items of the page's "After this page you can", from 1
    level: int  # 1 easy, 2 some thought, 3 hard
    minutes: int
    equivalent: tuple[str, ...]  # changes of the solution that change no result, and why
    folder: Path

    @property
    def chapter(self) -> str:
        """The first part of the id."""
        return self.id.partition("/")[0]

    @cached_property
    def sections(self) -> dict[str, str]:
        """The parts of task.md by their headings; "" is what stands before the first one."""
        first, *rest = HEADING.split(self.read("task.md"))
        return {"": first.strip()} | {
            heading: text.strip() for heading, text in zip(rest[::2], rest[1::2], strict=True)
        }

    @property
    def title(self) -> str:
        """The heading of task.md."""
        return self.sections[""].partition("\n")[0].removeprefix("# ")

    @property
    def task(self) -> str:
        """The task, as Markdown, without its title."""
        return self.sections[""].partition("\n")[2].strip()

    @property
    def hints(self) -> tuple[str, str, str]:
        """The three hints, as Markdown: a nudge, the idea, almost the code."""
        return (self.sections["Hint 1"], self.sections["Hint 2"], self.sections["Hint 3"])

    @property
    def why(self) -> str:
        """One sentence on why the exercise matters, shown after passing."""
        return self.sections["Why it matters"]

    @property
    def starter(self) -> str:
        """The program that the learner begins with."""
        return self.read("starter.py")

    @property
    def solution(self) -> str:
        """A program that passes, with comments."""
        return self.read("solution.py")

    @property
    def wrong_files(self) -> list[Path]:
        """The programs with a known mistake; the first line names the key of its message."""
        return sorted(self.folder.glob("wrong_*.py"))

    @cached_property
    def needs_torch(self) -> bool:
        """Whether a file imports more than the standard library, `scratch` and `checking`."""
        names = set()
        for file in FILES_THAT_RUN:
            names |= imported_names(self.read(file))
        return not all(is_pure(name) for name in names)

    def read(self, file: str) -> str:
        """Return the text of a file of the exercise's folder."""
        return (self.folder / file).read_text("utf-8")


@dataclass(frozen=True)
class Choice:
    """One answer to a question, and why it is right or wrong."""

    text: str
    explanation: str
    value: str | None  # what the question's program computes where this choice is right


@dataclass(frozen=True)
class Question:
    """A question of a chapter's quiz: what will a program compute?"""

    id: str
    program: str  # a snippet that computes the answer, such as "neuron/predict_doubled_weights"
    text: str
    right: int  # the right choice, from 1
    choices: tuple[Choice, ...]


def imported_names(source: str) -> set[str]:
    """Return the names of all modules that a program imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def is_pure(module: str) -> bool:
    """Tell whether a module is in the standard library or in what we have without torch."""
    return module.partition(".")[0] in sys.stdlib_module_names or module.startswith(PURE)


@functools.lru_cache(maxsize=2)
def parse_index(text: str) -> list[dict[str, Any]]:
    """Return the entries of an index.toml: a page's build asks for them for each exercise."""
    return tomllib.loads(text)["exercise"]


def load_exercises(folder: Path = FOLDER) -> list[Exercise]:
    """Return all exercises in the order of the course.

    The index is read each time, so that what is saved is seen; what it holds is parsed once.
    """
    entries = parse_index((folder / "index.toml").read_text("utf-8"))
    return [
        Exercise(
            id=entry["id"],
            page=entry["page"],
            objectives=tuple(entry["objectives"]),
            level=entry["level"],
            minutes=entry["minutes"],
            equivalent=tuple(entry.get("equivalent", ())),
            folder=folder / entry["id"],
        )
        for entry in entries
    ]


def find_exercise(name: str, exercises: list[Exercise]) -> Exercise:
    """Return the exercise of an id, of a task's name that only one has, or of a learner's file.

    Raises: UsageError, which suggests a similar name.
    """
    written = name.replace("\\", "/").removeprefix("./").removeprefix("exercises/")
    written = written.removesuffix(".py").lower()
    found = [one for one in exercises if one.id == written]
    if not found:
        found = [one for one in exercises if one.id.partition("/")[2] == written]
    if len(found) > 1:
        ids = " or ".join(one.id for one in found)
        raise UsageError(f"there are several exercises {name!r}", f"write {ids}")
    if not found:
        nearest = difflib.get_close_matches(written, names_of(exercises), n=1)
        remedy = f"did you mean {nearest[0]}?" if nearest else "see dlcourse exercises list"
        raise UsageError(f"there is no exercise {name!r}", remedy)
    return found[0]


def names_of(exercises: list[Exercise]) -> list[str]:
    """Return the ids of exercises, and the names of their tasks."""
    ids = [one.id for one in exercises]
    return ids + [name.partition("/")[2] for name in ids]


def load_quiz(chapter: str, folder: Path = FOLDER) -> list[Question]:
    """Return the questions of a chapter; none where it has no quiz."""
    path = folder / chapter / "quiz.toml"
    if not path.exists():
        return []
    entries = tomllib.loads(path.read_text("utf-8"))["question"]
    return [
        Question(
            id=entry["id"],
            program=entry["program"],
            text=entry["text"],
            right=entry["right"],
            choices=tuple(
                Choice(one["text"], one["explanation"], one.get("value"))
                for one in entry["choices"]
            ),
        )
        for entry in entries
    ]


def quiz_chapters(folder: Path = FOLDER) -> list[str]:
    """Return the chapters that have a quiz, in the order of the course."""
    chapters = dict.fromkeys(exercise.chapter for exercise in load_exercises(folder))
    return [chapter for chapter in chapters if (folder / chapter / "quiz.toml").exists()]


def read_objectives(page: Path) -> list[str]:
    """Return the items of the list "After this page you can" of a page; none without one."""
    _, found, rest = page.read_text("utf-8").partition(f"\n{OBJECTIVES}\n\n")
    items = rest.partition("\n\n")[0] if found else ""
    return [" ".join(item.split()) for item in re.split(r"^- ", items, flags=re.MULTILINE)[1:]]
