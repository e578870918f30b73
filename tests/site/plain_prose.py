"""Measure how plain the prose of the pages is, and compare it with the limits in one table.

A sentence is text between full stops, outside code, tables, headings, figures, short list items,
front matter and the list of sources. Counted are sentences of six words or fewer, two such
sentences in a row, sentences that open with a conjunction, questions, and words that have a plainer
or a more usual synonym. A quotation in “…” is not searched for these words.

`python tests/site/plain_prose.py [FILE or FOLDER ...]` prints the figures and the words found.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dlcourse_site.settings import FRONT_MATTER

ROOT = Path(__file__).resolve().parents[2]
PROSE = ("docs", "src/dlcourse/exercises", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")

SHORT = 6  # words
MOST_SHORT = 0.10  # of the sentences
MOST_SHORT_IN_A_ROW = 0.01
MOST_OPENERS = 0.017
MOST_QUESTIONS = 0.040

OPENERS = ("So", "And", "But", "Then", "For", "Nor")
EXAMPLES = ("For example", "For X")  # X stands for code or a formula: here For is no conjunction
# Each with what to write in its place
WORDS = {
    r"mend(?:s|ed|ing)?": "fix, or repair",
    r"reckon(?:s|ed)?": "compute",
    r"whoever|whatever is": "a noun, or you",
    r"shall": "should, or will",
    r"bears? (?:the|it|a|ten)": "tolerate",
    r"hand(?:s|ed)? on": "pass",
    r"parts (?:the|them|cases|classes)": "separate",
    r"(?<!there )is no (?!longer)": "is not a",
    r"(?<!there )are no (?!longer)": "are not",
    r"the very (?=\w+s\b|same)": "exactly the",
    r"lies? open|stands? open": "is visible",
}

SOURCES = re.compile(r"^## Sources\b.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"(```|~~~).*?\1", re.DOTALL)
NOT_A_SENTENCE = re.compile(
    r"^\s*(?:\||#|!\[|--8<--|[-*] .{0,60}$|<|\$\$|=== |\?\?\?|!!!).*$", re.MULTILINE
)
MARKUP = re.compile(r"<!--.*?-->|\{[^}]*\}|\]\([^)]*\)|[*_\[]")
FORMULA_OR_CODE = re.compile(r"\$[^$]*\$|`[^`]*`")
QUOTATION = re.compile(r"“[^”]*”")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
SHORTEST_PARAGRAPH = 40  # characters; what is shorter is a label


@dataclass
class Prose:
    """Counts over some pages."""

    sentences: int = 0
    short: int = 0
    short_in_a_row: int = 0
    openers: int = 0
    questions: int = 0
    words: list[str] = field(default_factory=list)  # each with its place

    def faults(self) -> list[str]:
        """Return in what the prose exceeds the limits."""
        limits = {
            f"sentences of {SHORT} words or fewer": (self.short, MOST_SHORT),
            "short sentences in a row": (self.short_in_a_row, MOST_SHORT_IN_A_ROW),
            f"sentences that open with {', '.join(OPENERS)}": (self.openers, MOST_OPENERS),
            "questions": (self.questions, MOST_QUESTIONS),
        }
        faults = []
        for name, (count, most) in limits.items():
            if count > most * self.sentences:
                share = f"{count} of {self.sentences} sentences"
                faults.append(f"{name}: {share}, at most {most:.1%}")
        return faults + self.words


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a page, and '' behind each paragraph."""
    text = FRONT_MATTER.sub("", text)
    text = SOURCES.sub("", text)  # initials and titles end with full stops, too
    text = FENCE.sub("\n\n", text)
    text = NOT_A_SENTENCE.sub("\n", text)
    text = MARKUP.sub("", text)
    text = FORMULA_OR_CODE.sub("X", text)
    for paragraph in re.split(r"\n\s*\n", text):
        line = " ".join(paragraph.split())
        if len(line) > SHORTEST_PARAGRAPH:
            for sentence in SENTENCE_END.split(line):
                if re.search("[A-Za-z]{2}", sentence):
                    yield sentence
            yield ""


def measure(pages: list[Path], root: Path = ROOT) -> Prose:
    """Measure the prose of some Markdown files."""
    prose = Prose()
    for page in pages:
        name = page.relative_to(root).as_posix() if page.is_relative_to(root) else str(page)
        was_short = False
        for sentence in sentences(page.read_text("utf-8")):
            words = sentence.split()
            is_short = 0 < len(words) <= SHORT
            if words:
                prose.sentences += 1
                prose.short += is_short
                prose.short_in_a_row += is_short and was_short
                first_word = words[0].strip('“",')
                is_example = sentence.startswith(EXAMPLES)
                prose.openers += first_word in OPENERS and not is_example
                prose.questions += sentence.endswith("?")
                prose.words += [f"{name}: {found}" for found in words_to_avoid(sentence)]
            was_short = is_short
    return prose


def words_to_avoid(sentence: str) -> Iterator[str]:
    """Yield each word of a sentence that has a plainer synonym, with that synonym."""
    said = QUOTATION.sub("", sentence)
    for pattern, synonym in WORDS.items():
        for found in re.finditer(rf"\b(?:{pattern})\b", said, re.IGNORECASE):
            around = said[max(0, found.start() - 30) : found.end() + 30]
            yield f"“{around}”: write {synonym}"


def find_pages(names: list[str], root: Path = ROOT) -> list[Path]:
    """Return the Markdown files of some files and folders."""
    pages = []
    for name in names:
        path = root / name
        pages += sorted(path.rglob("*.md")) if path.is_dir() else [path]
    return pages


if __name__ == "__main__":
    measured = measure(find_pages(sys.argv[1:] or list(PROSE)))
    print(*measured.words, sep="\n")
    print(
        f"{measured.sentences} sentences: {measured.short} of {SHORT} words or fewer,"
        f" {measured.short_in_a_row} in a row, {measured.openers} openers,"
        f" {measured.questions} questions, {len(measured.words)} words to avoid"
    )
