"""Measure the form of a chapter's page: its words, its longest stretch of them, and its parts.

`python tests/site/page_form.py` writes into each page how many minutes it takes.

Words are runs of letters and digits that a reader reads as text: outside front matter, comments,
code fences, widgets, display formulas, tables and images (their alternative text). A link counts as
its words. The *main text* leaves out the sections Check yourself, Exercises and Sources. A
*stretch* is main text with nothing to look at, run or answer: it ends at an image, table, fence,
display formula, fold, tab or widget, and at a question to the reader.

The *main line* is the code that a reader sees who reads a page from its start: outside folds
(`???`), the sections of ASIDE and OFF_LINE. Content tabs, several views of one thing, count as one
snippet. A page may show more snippets than most where they are tiny: counted in code tokens.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

from plain_code import code_tokens

from dlcourse.exercises.catalog import load_exercises, load_quiz
from dlcourse_site.pages import FENCE, FRONT_MATTER, Course
from dlcourse_site.places import EXERCISES
from dlcourse_site.shown import LINE

NO_LESSON = {
    "checked",
    "exercises",
    "glossary",
    "reference",
    "teach",
}  # to look things up in, or to teach from
ASIDE = {"check", "exercises", "sources"}  # ids of the sections beside the main text
# ids of the sections that repeat, refute, or go on
OFF_LINE = ASIDE | {"not-quite", "try", "digit-reader"}
FEWEST_WORDS = 600
MOST_WORDS = 2200  # a longer page is two pages
FEWEST_SNIPPETS = 2  # on the main line
MOST_SNIPPETS = 8
MOST_TINY = 1200  # code tokens of the main line that may have more snippets than that
MOST_EXERCISES = 5  # one for each of five objectives
LONGEST_STRETCH = 200  # words without something to look at, run or answer

# Minutes for a page: read its main text, try its programs, think about its questions, do its
# exercises, each of which says its minutes. Technical text in a second language is read at about
# half of the 238 words a minute of M. Brysbaert (2019), How many words do we read per minute?,
# Journal of Memory and Language 109.
WORDS_A_MINUTE = 120
MINUTES_A_SNIPPET = 2  # on the main line
MINUTES_A_QUESTION = 1
ROUND_TO = 5
TAKES = re.compile(r"^(\*(?:About|This page takes about) )(\d+) minutes", re.MULTILINE)

OPENS = re.compile(r"(?:\?\?\?\+?|!!!|===!?) ")  # a fold, an admonition, a content tab
HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{ *#([\w-]+)[^}]*\})? *$")
FIGURE = re.compile(r"^(?: *!\[|::: frames )")  # several figures as frames are one
STOPS = re.compile(r"^\s*(?:!\[|::: frames |\[run\]|\||\$\$|\?\?\?|=== |<\w+-\w)")
ASKS = re.compile(r"\?(?=[\s*]|$)")  # a question that is not quoted
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FORMULA = re.compile(r"^\$\$.*?\$\$$", re.DOTALL | re.MULTILINE)
WIDGET = re.compile(r"^<div>\s*<(\w+-\w+) .*?</\1></div>$", re.DOTALL | re.MULTILINE)
TARGET = re.compile(r"\]\([^)\n]*\)")
TAG_OR_ATTRIBUTES = re.compile(r"<[^>]+>|\{[^}]*\}")


@dataclass(frozen=True)
class Form:
    """What a page has; `stretch` is its longest run of words with nothing but words."""

    page: str
    words: int
    main: int
    stretch: int
    objectives: int
    main_line: int
    tokens: int
    snippets: int
    figures: int
    folded: int
    wrong: int
    questions: int
    predictions: int
    exercises: int
    exercise_minutes: int
    sources: int
    place: str

    @property
    def minutes(self) -> int:
        """The minutes that a learner takes for the page, rounded up to the next five."""
        minutes = self.main / WORDS_A_MINUTE
        minutes += self.main_line * MINUTES_A_SNIPPET
        minutes += (self.questions + self.predictions) * MINUTES_A_QUESTION
        minutes += self.exercise_minutes
        return math.ceil(minutes / ROUND_TO) * ROUND_TO

    def missing(self) -> list[str]:
        """Say in what the page departs from the form."""
        words = f"{FEWEST_WORDS} to {MOST_WORDS} words of main text"
        stretch = f"at most {LONGEST_STRETCH} words at a time (line {self.place})"
        snippets = (
            f"{FEWEST_SNIPPETS} to {MOST_SNIPPETS} snippets on the main line,"
            f" or more of at most {MOST_TINY} code tokens together"
        )
        are_few = self.main_line <= MOST_SNIPPETS or self.tokens <= MOST_TINY
        rules = {
            words: FEWEST_WORDS <= self.main <= MOST_WORDS,
            stretch: self.stretch <= LONGEST_STRETCH,
            "3 objectives after “After this page you can”": self.objectives >= 3,
            snippets: self.main_line >= FEWEST_SNIPPETS and are_few,
            "1 to 6 figures": 1 <= self.figures <= 6,
            "an output folded under a question": self.folded >= 1,
            "two misconceptions under Not quite": self.wrong >= 2,
            "3 questions under Check yourself": self.questions >= 3,
            f"1 to {MOST_EXERCISES} exercises": 1 <= self.exercises <= MOST_EXERCISES,
            "2 sources": self.sources >= 2,
        }
        return [rule for rule, is_kept in rules.items() if not is_kept]


@dataclass(frozen=True)
class Line:
    """A line of a page.

    `section` is the id of the section that it stands in, `item` the line at the left margin that it
    belongs to, and `openers` are the folds, notes and tabs that it lies in, outermost first.
    """

    number: int
    text: str
    section: str
    item: str
    openers: list[str]


def prose_lines(text: str) -> list[str]:
    """Return the lines of a page as a reader reads them.

    `[run]` stands in place of each fence and of each widget.
    """

    def mark(fence: re.Match[str]) -> str:
        return fence["indent"] + "[run]" + line_ends(fence)

    def line_ends(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    text = FRONT_MATTER.sub(line_ends, text)
    text = FENCE.sub(mark, text)
    text = WIDGET.sub(lambda widget: "[run]" + line_ends(widget), text)
    text = COMMENT.sub(line_ends, text)
    text = FORMULA.sub(lambda formula: "$$" + line_ends(formula), text)
    text = TARGET.sub("]", text)  # a link is its words
    return text.split("\n")


def count_words(line: str) -> int:
    """Count the words of a line of prose; a formula in it is one."""
    if FIGURE.match(line) or line.strip().startswith(("|", "[run]", "$$", ":::")):
        return 0
    line = re.sub(r"\$[^$]+\$", "x", line)
    line = TAG_OR_ATTRIBUTES.sub("", line)
    return len(WORD.findall(line))


def openers(lines: list[str]) -> list[list[str]]:
    """Return for each line the folds, notes and tabs that it lies in, outermost first.

    The tabs of one group have the line of the first.
    """
    inside: list[tuple[int, str]] = []  # the indent and the line of each that is open
    places = []
    for number, line in enumerate(lines):
        text = line.lstrip()
        indent = len(line) - len(text)
        closed = ""
        while text and inside and inside[-1][0] >= indent:
            closed = inside.pop()[1]
        opens = OPENS.match(text)
        if opens:
            is_next_tab = opens[0].startswith("=== ") and closed.startswith("===")
            opener = closed if is_next_tab else f"{line.strip()} ({number})"
            inside.append((indent, opener))
        places.append([opener for _, opener in inside])
    return places


def read_lines(text: str) -> list[Line]:
    """Return the lines of a page, each with the place where it stands."""
    texts = prose_lines(text)
    places = openers(texts)
    section = ""
    item = ""
    lines = []
    for number, line in enumerate(texts, start=1):
        heading = HEADING.match(line)
        if heading and len(heading[1]) <= 2:
            section = heading[3] or ""
        if line.strip() and not line.startswith((" ", "- ")):
            item = line
        lines.append(Line(number, line, section, item, places[number - 1]))
    return lines


def longest_stretch(lines: list[Line]) -> tuple[int, int]:
    """Return the words of the longest stretch, and the line of its end."""
    ends = []
    words = 0
    for line in lines:
        if line.section in ASIDE:
            words = 0
            continue
        if STOPS.match(line.text):
            words = 0
        *asked, rest = ASKS.split(line.text)
        for question in asked:
            ends.append((words + count_words(question), line.number))
            words = 0
        words += count_words(rest)
        ends.append((words, line.number))
    return max(ends, default=(0, 0))


def main_line(lines: list[Line], python: dict[int, str]) -> tuple[int, int]:
    """Count the snippets of the main line, the tabs of a group as one, and all their code tokens.

    `python` has the lines where Python begins, and the Python.
    """
    snippets = set()
    tokens = 0
    for line in lines:
        is_folded = any(opener.startswith("??? ") for opener in line.openers)
        if line.number not in python or line.section in OFF_LINE or is_folded:
            continue
        tabs = [opener for opener in line.openers if opener.startswith("===")]
        snippets.add(tabs[0] if tabs else str(line.number))
        tokens += len(code_tokens(python[line.number]))
    return len(snippets), tokens


def count_parts(lines: list[Line], outputs: set[int]) -> dict[str, int]:
    """Count the parts that every page has; `outputs` are the lines where outputs begin."""
    names = ["objectives", "figures", "folded", "wrong", "questions", "sources"]
    counts = dict.fromkeys(names, 0)
    for line in lines:
        is_list_item = line.text.startswith("- ")
        if is_list_item and line.item.startswith("After this page you can"):
            counts["objectives"] += 1
        if is_list_item and line.section == "sources":
            counts["sources"] += 1
        if FIGURE.match(line.text):
            counts["figures"] += 1
        if line.section == "not-quite" and line.text.startswith("!!! "):
            counts["wrong"] += 1
        if line.section == "check" and line.text.startswith("??? question"):
            counts["questions"] += 1
        is_asked = line.item.startswith("??? question") and line.section not in ASIDE
        if is_asked and line.number in outputs:
            counts["folded"] += 1
    return counts


def count_shown(text: str, folder: Path) -> dict[str, int]:
    """Count the exercises and the questions that a page shows from a folder, and their minutes."""
    minutes = {exercise.id: exercise.minutes for exercise in load_exercises(folder)}
    shown = [line.groups() for line in LINE.finditer(text)]
    exercises = [name for kind, name in shown if kind == "exercise"]
    quizzes = [load_quiz(name, folder) for kind, name in shown if kind == "quiz"]
    return {
        "exercises": len(exercises),
        "exercise_minutes": sum(minutes[name] for name in exercises),
        "predictions": sum(map(len, quizzes)),
    }


def measure(page: Path, course: Course) -> Form:
    """Measure a page."""
    blocks = course.read(page)
    outputs = {block.line for block in blocks if block.kind == "output"}
    python = [block for block in blocks if block.kind == "python"]
    python_lines = {block.line: block.text for block in python if block.path == page}
    text = page.read_text("utf-8")
    lines = read_lines(text)
    main_text = [line for line in lines if line.section not in ASIDE]
    stretch, place = longest_stretch(lines)
    num_on_the_line, tokens = main_line(lines, python_lines)
    parts = count_parts(lines, outputs) | count_shown(text, course.root / EXERCISES)
    return Form(
        page=page.parent.name,
        words=sum(count_words(line.text) for line in lines),
        main=sum(count_words(line.text) for line in main_text),
        stretch=stretch,
        main_line=num_on_the_line,
        tokens=tokens,
        snippets=len({block.source for block in python}),
        place=str(place),
        **parts,
    )


def find_lessons(course: Course) -> dict[str, Path]:
    """Return the page of each chapter."""
    pages = {page.parent.name: page for page in sorted(course.root.glob("docs/*/index.md"))}
    return {chapter: page for chapter, page in pages.items() if chapter not in NO_LESSON}


if __name__ == "__main__":
    course = Course(Path(__file__).resolve().parents[2])
    for chapter, path in find_lessons(course).items():
        minutes = measure(path, course).minutes
        text = path.read_text("utf-8")
        text = re.sub(r"^minutes: \d+$", f"minutes: {minutes}", text, count=1, flags=re.M)
        text = TAKES.sub(rf"\g<1>{minutes} minutes", text)
        path.write_text(text, "utf-8")
        print(f"docs/{chapter}/index.md: {minutes} minutes")
