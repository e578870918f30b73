"""Every chapter's page keeps the form that readers learn to rely on; its measures are printed.

page_form.py says what is measured.
"""

import functools
import re
from dataclasses import fields
from pathlib import Path

import pytest
from page_form import FEWEST_SNIPPETS, MOST_SNIPPETS, MOST_TINY, TAKES, Form, find_lessons, measure
from plain_code import code_tokens

from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)
LESSONS = find_lessons(COURSE)
COLUMNS = [field.name for field in fields(Form) if field.name != "place"]


@functools.cache
def form_of(chapter: str) -> Form:
    """Return what is measured on the page of a chapter."""
    return measure(LESSONS[chapter], COURSE)


@pytest.fixture
def measured(tmp_path):
    """Return what is measured on a page of a given text."""

    def measured(text: str) -> Form:
        page = tmp_path / "page" / "index.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
        return measure(page, COURSE)

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
        '## Check { #check }\n\n??? question "a"\n\n    b\n\n'
        "::: exercise neuron/weighted_sum\n\n"
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


def test_exercises_and_quizzes_are_counted_by_their_lines(measured):
    form = measured("## Check { #check }\n\n::: quiz neuron\n\n::: exercise neuron/weighted_sum\n")
    assert (form.exercises, form.exercise_minutes, form.predictions) == (1, 10, 3)
    assert form.words == 1


def test_frames_are_one_figure_and_something_to_look_at(measured):
    words = "word " * 150
    form = measured(f"{words}\n\n::: frames gan/ring A ring of points.\n\n{words}\n")
    assert (form.figures, form.words, form.stretch) == (1, 300, 150)


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


def test_a_page_with_too_many_snippets_on_its_main_line_fails(measured):
    forward = (ROOT / "snippets" / "neuron" / "forward.py").read_text("utf-8")
    tiny_size = len(code_tokens(forward))
    num_tiny = MOST_TINY // tiny_size
    assert num_tiny > MOST_SNIPPETS
    says = f"{FEWEST_SNIPPETS} to {MOST_SNIPPETS} snippets on the main line"
    found = {}
    for count in (FEWEST_SNIPPETS - 1, MOST_SNIPPETS, num_tiny, num_tiny + 1):
        missing = measured(CODE * count).missing()
        found[count] = any(rule.startswith(says) for rule in missing)
    assert list(found.values()) == [True, False, False, True]


@pytest.mark.parametrize("chapter", LESSONS)
def test_page_keeps_the_form(chapter):
    assert form_of(chapter).missing() == []


@pytest.mark.parametrize("chapter", LESSONS)
def test_page_says_the_minutes_that_it_takes(chapter):
    text = LESSONS[chapter].read_text("utf-8")
    said = re.findall(r"^minutes: (\d+)$", text, re.MULTILINE)
    said += [minutes for _, minutes in TAKES.findall(text)]
    assert said == [str(form_of(chapter).minutes)] * 2, (
        f"docs/{chapter}/index.md: python tests/site/page_form.py writes its minutes"
    )


def test_minutes_come_from_words_snippets_questions_and_exercises():
    parts = {field.name: 0 for field in fields(Form)} | {"page": "a", "place": ""}
    assert Form(**parts).minutes == 0
    assert Form(**parts | {"main": 600}).minutes == 5
    assert Form(**parts | {"main": 601}).minutes == 10  # rounded up
    assert Form(**parts | {"main_line": 5}).minutes == 10
    assert Form(**parts | {"questions": 5}).minutes == 5
    assert Form(**parts | {"predictions": 5}).minutes == 5
    assert Form(**parts | {"exercises": 2, "exercise_minutes": 25}).minutes == 25


@pytest.mark.parametrize("path", sorted(ROOT.glob("snippets/*/*.py")), ids=lambda path: path.stem)
def test_snippet_fits_the_width_of_a_page(path):
    lines = path.read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 80  # longer ones scroll on a laptop


INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.[- ]?)+")


def uncited(text: str, code: str = "") -> list[str]:
    """Return the sources of a page that neither its text nor its code names by author and year."""
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


@pytest.mark.parametrize("name", [*LESSONS, "glossary"])
def test_each_source_is_cited(name):
    page = ROOT / "docs" / name / "index.md"
    code = "".join(block.text for block in COURSE.read(page) if block.kind == "python")
    assert uncited(page.read_text("utf-8"), code) == []


def test_measures_are_printed(record_property):
    record_property("page form", ["page", *COLUMNS[1:]])
    for chapter in LESSONS:
        form = form_of(chapter)
        record_property("page form", [str(getattr(form, column)) for column in COLUMNS])
    assert len(LESSONS) >= 11
