"""Every chapter's page keeps the form that readers learn to rely on; the table of its measures is printed.

Words are runs of letters and digits that a reader reads as text: outside front matter, comments, code
fences, display formulas, tables and pictures (their alternative text). A link counts as its words. The
*main text* leaves out the sections Check yourself, Exercises and Sources. A *stretch* is main text with
nothing to look at, run or answer: it ends at a picture, table, fence, display formula, fold, tab or widget,
and at a question to the reader.

The *main line* is the code that lies open before whoever reads a page from its start: outside folds (`???`),
the sections of ASIDE and OFF_LINE. Content tabs, several views of one thing, count as one snippet.
"""

import re
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from dlcourse_site.pages import FENCE, FRONT_MATTER, Course

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)
NO_LESSON = {"checked", "glossary", "reference", "teach"}  # to look things up in, or to teach from
ASIDE = {"check", "exercises", "sources"}  # ids of the sections beside the main text
OFF_LINE = ASIDE | {
    "not-quite",
    "try",
    "digit-reader",
}  # ids of the sections that repeat, refute, or go on
FEWEST_WORDS, MOST_WORDS = 900, 1600
FEWEST_SNIPPETS, MOST_SNIPPETS = 3, 6  # on the main line
LONGEST_STRETCH = 200  # words without something to look at, run or answer

OPENS = re.compile(r"(?:\?\?\?\+?|!!!|===!?) ")  # a fold, an admonition, a content tab
HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{ *#([\w-]+)[^}]*\})? *$")
FIGURE = re.compile(r"^ *!\[")
STOPS = re.compile(r"^\s*(?:!\[|\[run\]|\||\$\$|\?\?\?|=== |<\w+-\w)")
ASKS = re.compile(r"\?(?=[\s*]|$)")  # a question that is not quoted
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


@dataclass(frozen=True)
class Form:
    """What a page has; `stretch` is its longest run of words with nothing but words."""

    page: str
    words: int
    main: int
    stretch: int
    objectives: int
    main_line: int
    snippets: int
    figures: int
    folded: int
    wrong: int
    questions: int
    exercises: int
    sources: int
    place: str

    def missing(self) -> list[str]:
        """Say in what the page departs from the form."""
        rules = {
            f"{FEWEST_WORDS} to {MOST_WORDS} words of main text": FEWEST_WORDS
            <= self.main
            <= MOST_WORDS,
            f"at most {LONGEST_STRETCH} words at a time (line {self.place})": self.stretch
            <= LONGEST_STRETCH,
            "3 objectives after “After this page you can”": self.objectives >= 3,
            f"{FEWEST_SNIPPETS} to {MOST_SNIPPETS} snippets on the main line": (
                FEWEST_SNIPPETS <= self.main_line <= MOST_SNIPPETS
            ),
            "1 to 3 figures": 1 <= self.figures <= 3,
            "an output folded under a question": self.folded >= 1,
            "two misconceptions under Not quite": self.wrong >= 2,
            "3 questions under Check yourself": self.questions >= 3,
            "1 to 3 exercises": 1 <= self.exercises <= 3,
            "2 sources": self.sources >= 2,
        }
        return [rule for rule, is_kept in rules.items() if not is_kept]


def prose_lines(text: str) -> list[str]:
    """Return the lines of a page as a reader reads them; where a fence was stands the mark `[run]`."""

    def mark(fence: re.Match[str]) -> str:
        return fence["indent"] + "[run]" + "\n" * fence[0].count("\n")

    def gap(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    text = FENCE.sub(mark, FRONT_MATTER.sub(gap, text))
    text = re.sub(r"<!--.*?-->", gap, text, flags=re.DOTALL)
    text = re.sub(
        r"^\$\$.*?\$\$$", lambda found: "$$" + gap(found), text, flags=re.DOTALL | re.MULTILINE
    )
    text = re.sub(r"\]\([^)\n]*\)", "]", text)  # a link is its words
    return text.split("\n")


def count_words(line: str) -> int:
    """Count the words of a line of prose; a formula in it is one."""
    if FIGURE.match(line) or line.strip().startswith(("|", "[run]", "$$")):
        return 0
    line = re.sub(r"\$[^$]+\$", "x", line)
    return len(WORD.findall(re.sub(r"<[^>]+>|\{[^}]*\}", "", line)))


def openers(lines: list[str]) -> list[list[str]]:
    """Return for each line what it lies in, outermost first; tabs of one group have the first one's line."""
    inside: list[tuple[int, str]] = []
    places = []
    for number, line in enumerate(lines):
        indent, before = len(line) - len(line.lstrip()), ""
        while line.strip() and inside and inside[-1][0] >= indent:
            before = inside.pop()[1]
        if opens := OPENS.match(line.lstrip()):
            is_next_tab = opens[0].startswith("=== ") and before.startswith("===")
            inside.append((indent, before if is_next_tab else f"{line.strip()} ({number})"))
        places.append([opener for _, opener in inside])
    return places


def measure(page: Path, course: Course = COURSE) -> Form:
    """Measure a page."""
    blocks = course.read(page)
    outputs = {block.line for block in blocks if block.kind == "output"}
    python = {block.line for block in blocks if block.kind == "python" and block.path == page}
    lines = prose_lines(page.read_text("utf-8"))
    places, main_line = openers(lines), set()
    section, fold = "", ""
    words = main = stretch = longest = place = 0
    counts = dict.fromkeys(
        ("objectives", "figures", "folded", "wrong", "questions", "exercises", "sources"), 0
    )
    for number, (line, place_of) in enumerate(zip(lines, places, strict=True), start=1):
        if heading := HEADING.match(line):
            section = (heading[3] or "") if len(heading[1]) <= 2 else section
            counts["exercises"] += heading[2].startswith("Exercise")
        if line.strip() and not line.startswith((" ", "- ")):
            fold = line  # the line that what follows belongs to
        counts["objectives"] += fold.startswith("After this page you can") and line.startswith("- ")
        counts["folded"] += (
            number in outputs and fold.startswith("??? question") and section not in ASIDE
        )
        counts["figures"] += bool(FIGURE.match(line))
        counts["wrong"] += section == "not-quite" and line.startswith("!!! ")
        counts["questions"] += section == "check" and line.startswith("??? question")
        counts["sources"] += section == "sources" and line.startswith("- ")
        if (
            number in python
            and section not in OFF_LINE
            and not any(o.startswith("??? ") for o in place_of)
        ):
            main_line.add(next((opener for opener in place_of if opener.startswith("===")), number))
        words += count_words(line)
        if section in ASIDE:
            stretch = 0
            continue
        main += count_words(line)
        stretch = 0 if STOPS.match(line) else stretch
        *asked, rest = ASKS.split(line)
        for part in asked:
            longest, place = max((longest, place), (stretch + count_words(part), number))
            stretch = 0
        stretch += count_words(rest)
        longest, place = max((longest, place), (stretch, number))
    snippets = {block.source for block in blocks if block.kind == "python"}
    counts |= {"snippets": len(snippets), "main_line": len(main_line)}
    return Form(page.parent.name, words, main, longest, place=str(place), **counts)


def measure_all(course: Course) -> dict[str, Form]:
    """Measure the page of each chapter."""
    pages = sorted(course.root.glob("docs/*/index.md"))
    return {
        page.parent.name: measure(page, course)
        for page in pages
        if page.parent.name not in NO_LESSON
    }


FORMS = measure_all(COURSE)
COLUMNS = [field.name for field in fields(Form) if field.name != "place"]


@pytest.fixture
def measured(tmp_path):
    """Return what is measured on a page of a given text."""

    def measured(text: str) -> Form:
        page = tmp_path / "page" / "index.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
        return measure(page)

    return measured


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A loss isn't 0.5, is it?", 6),
        ("---\ntitle: No\n---\n\n# Two words", 2),
        ("one <!-- no: not this --> two<!--= forward.y:.2f -->", 2),
        ("Here $x + y = z$ is", 3),  # a formula in a line is one word
        ("$$\nx + y\n$$\n\nafter", 1),
        ("a [link of words](../a/index.md#b)", 4),
        ("```text\nno\n```\nyes", 1),
        ("    ```bash\n    no\n    ```\n    yes", 1),
        ("| a | b |\n|---|---|\n| c | d |\n\nyes", 1),
        ("![what it shows](snippets/a/b.svg)\n\nyes", 1),
        ('<b class="x">yes</b>', 1),
    ],
)
def test_what_counts_as_a_word(text, words, measured):
    assert measured(text).words == words


@pytest.mark.parametrize(
    "stop",
    [
        "```text\na\n```",
        "    ```text\n    a\n    ```",
        "| a | b |",
        "![a](snippets/a/b.svg)",
        "$$x$$",
        '??? question "a"',
        '=== "a"',
        "<a-widget></a-widget>",
        "?",
    ],
)
def test_a_stretch_ends_where_there_is_something_to_do(stop, measured):
    assert measured(f"{'word ' * 30}\n\n{stop}\n\n{'word ' * 20}").stretch in (30, 31)
    assert measured(f"{'word ' * 30}\n\n“a?” he said\n\n{'word ' * 20}").stretch == 53


def test_sections_aside_are_no_main_text(measured):
    form = measured(
        "a b\n\n## Check { #check }\n\nc d e\n\n### More { #more }\n\nf\n\n## Last { #last }\n\ng"
    )
    assert (form.words, form.main, form.stretch) == (10, 4, 2)


def test_parts_of_the_form_are_counted(measured):
    form = measured(
        "After this page you can\n\n- a,\n  or b;\n- c.\n\n- d\n\nText\n\n- e\n\n"
        '![a](snippets/a/b.svg)\n\n## Not quite { #not-quite }\n\n!!! warning "“a”"\n\n    b\n\n'
        '## Check { #check }\n\n??? question "a"\n\n    b\n\n### Exercise: `a/b` { #exercise-b }\n\n'
        '??? tip "Hint"\n\n    c\n\n## Sources { #sources }\n\n- One\n- Two\n'
    )
    assert (form.figures, form.wrong, form.questions, form.exercises, form.sources) == (
        1,
        1,
        1,
        1,
        2,
    )
    assert (form.objectives, form.snippets, form.folded) == (3, 0, 0)
    assert len(form.missing()) == 5  # words, snippets, an output folded, misconceptions, questions


def test_folded_outputs_are_counted_outside_the_questions_at_the_end(measured):
    fence = '    ```text title="Output"\n    --8<-- "neuron/forward.out"\n    ```\n'
    output = f'??? question "What will it print?"\n\n{fence}'
    code = '```python title="snippets/neuron/forward.py"\n--8<-- "neuron/forward.py"\n```\n'
    form = measured(f"{code}\n{output}\n## Check {{ #check }}\n\n{code}\n{output}")
    assert (form.snippets, form.folded) == (1, 1)


CODE = '```python title="snippets/neuron/forward.py"\n--8<-- "neuron/forward.py"\n```\n\n'
INSIDE = re.sub("(?m)^(?=.)", "    ", CODE)


@pytest.mark.parametrize(
    ("text", "on_the_line"),
    [
        (CODE * 7, 7),
        (f"Text\n\n{CODE}- item\n\n{INSIDE}", 2),  # what belongs to a list lies open
        (f'??? example "Try it: a"\n\n{INSIDE}', 0),
        (f'???+ example "Open"\n\n{INSIDE}', 1),
        (f'!!! note "Open"\n\n{INSIDE}', 1),
        (f'??? example "Try it: a"\n\n{INSIDE}\nText\n\n{CODE}', 1),
        (f'=== "PyTorch"\n\n{INSIDE}=== "By hand"\n\n{INSIDE}', 1),  # two views of one thing
        (f'=== "PyTorch"\n\n{INSIDE}Text\n\n=== "By hand"\n\n{INSIDE}', 2),  # two groups
        (f"## Not quite {{ #not-quite }}\n\n{CODE}## More {{ #more }}\n\n{CODE}", 1),
        (f"## Our digit reader so far {{ #digit-reader }}\n\n{CODE}", 0),
        (f"## Not quite {{ #not-quite }}\n\n### Part {{ #part }}\n\n{CODE}", 0),
    ],
)
def test_what_counts_as_a_snippet_of_the_main_line(text, on_the_line, measured):
    assert measured(text).main_line == on_the_line


def test_a_page_with_seven_snippets_on_its_main_line_fails(measured):
    says = f"{FEWEST_SNIPPETS} to {MOST_SNIPPETS} snippets on the main line"
    assert says in measured(CODE * 7).missing()
    assert says in measured(CODE * 2).missing()
    assert says not in measured(CODE * 6).missing()


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.page)
def test_page_keeps_the_form(form):
    assert form.missing() == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("snippets/*/*.py")), ids=lambda path: path.stem)
def test_snippet_fits_on_a_screen(path):
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 80  # longer ones scroll on a laptop


INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.[- ]?)+")


def uncited(text: str, code: str = "") -> list[str]:
    """Return the sources at a page's end that neither its text nor its code names by author and year."""
    text, _, sources = text.partition("{ #sources }")
    said = " ".join(re.sub(r"[*_]", "", text + code).split())
    found = []
    for source in re.split(r"^- ", sources, flags=re.MULTILINE)[1:]:
        who = re.split(r",| and | et al| \(", INITIALS.sub("", source))[0]
        year = re.search(r"\((\d{4})", source)
        if not year or not re.search(rf"\b{who}\b.{{0,60}}?\b{year[1]}\b", said):
            found.append(f"{who} {year and year[1]}")
    return found


def test_a_source_that_is_not_cited_is_noticed():
    text = "As Roe et al. (2001) say (Poe, 1999).\n\n## Sources { #sources }\n\n"
    assert uncited(f"{text}- J.-P. Roe, A. Doe (2001). A.\n- E. Poe (1999). B.\n") == []
    assert uncited(f"{text}- J. Roe (2002). A.\n- A. Doe, E. Poe (1999). B.\n") == [
        "Roe 2002",
        "Doe 1999",
    ]


@pytest.mark.parametrize("name", [*FORMS, "glossary"])
def test_each_source_is_cited(name):
    page = ROOT / "docs" / name / "index.md"
    code = "".join(block.text for block in COURSE.read(page) if block.kind == "python")
    assert uncited(page.read_text("utf-8"), code) == []


def test_measures_are_printed(record_property):
    record_property("page form", ["page", *COLUMNS[1:]])
    for form in FORMS.values():
        record_property("page form", [str(getattr(form, column)) for column in COLUMNS])
    assert len(FORMS) >= 11
