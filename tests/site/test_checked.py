"""The page on how the course is checked, and the foot of each page, say what is so."""

import re
import tomllib
from pathlib import Path

from checked import OTHERS, pins, read_forms, read_rows, read_seconds, stale, write
from page_form import (
    MINUTES_A_QUESTION,
    MINUTES_A_SNIPPET,
    ROUND_TO,
    WORDS_A_MINUTE,
)

from dlcourse_site.outputs import POINTS
from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "checked" / "index.md").read_text("utf-8")


def test_tables_say_what_there_is():
    found = stale(Course(ROOT), PAGE)
    assert not found, "\n".join([*found, "fix: python tests/site/checked.py"])


def test_table_is_written_once_and_its_counts_are_those_of_a_run(tiny_course):
    page = tiny_course.write(
        "docs/checked/index.md", "# Checked\n\n<!-- last run -->\n<!-- end -->\n"
    )
    tiny_course.write("constraints.txt", (ROOT / "constraints.txt").read_text("utf-8"))
    tiny_course.edit(
        "snippets/neuron/forward.py",
        "weight = 0.8",
        "import torch\n\nx = torch.ones(2)  # (2,)\nweight = 0.8",
    )
    course = Course(tiny_course.root)
    assert write(course, {"neuron": 1.2, "home": 0.4})
    rows = read_rows(page.read_text("utf-8"))
    assert rows[OTHERS] == "home 0"
    assert read_forms(page.read_text("utf-8"))["neuron"][2:] == [
        1,
        1,
        0,
        1,
    ]  # snippets, figures, seconds
    names = ("Python blocks, run", "Labs, run", "Outputs, compared", "Figures, drawn again")
    names += ("Numbers in sentences, bound", "Shape comments, compared")
    assert [rows[name] for name in names] == ["1", "1", "1", "0", "1", "1"]
    ran = re.findall(
        r"\d+", re.search("^checked: .*", tiny_course.pytest().stdout, re.MULTILINE)[0]
    )
    assert ran == [
        "1",
        "0",
        "0",
        "1",
        "1",
        "0",
        "1",
        "0",
        "1",
        "2",
    ]  # the same, with bash, excuses and pages
    assert not write(course, {"neuron": 9.0})


def test_a_changed_form_is_written_and_other_pages_keep_their_seconds(tiny_course):
    page = tiny_course.write(
        "docs/checked/index.md", "# Checked\n\n<!-- last run -->\n<!-- end -->\n"
    )
    tiny_course.write("constraints.txt", (ROOT / "constraints.txt").read_text("utf-8"))
    course = Course(tiny_course.root)
    write(course, {"neuron": 3.0, "home": 2.0})
    words = read_forms(page.read_text("utf-8"))["neuron"][0]
    chapter = tiny_course.root / "docs/neuron/index.md"
    chapter.write_text(chapter.read_text("utf-8") + "\n" + "word " * 100, "utf-8")
    assert [line.split(":")[0] for line in stale(course, page.read_text("utf-8"))] == [
        "words of neuron"
    ]
    assert write(course, {"home": 5.0})
    assert read_forms(page.read_text("utf-8"))["neuron"][0] == words + 100
    assert read_seconds(page.read_text("utf-8")) == {"home": 5.0, "neuron": 3}


def test_page_names_the_tolerance_of_figures():
    assert f"`{POINTS}` typographic points" in PAGE


def test_page_names_the_formula_of_the_minutes():
    page = " ".join(re.sub(r"<!--.*?-->", "", PAGE).split())
    assert f"its main text at {WORDS_A_MINUTE} words a minute" in page
    assert f"{MINUTES_A_SNIPPET} minutes for each program on the main line" in page
    assert f"{MINUTES_A_QUESTION} for each question and for each exercise what it states" in page
    assert f"rounded up to the next {ROUND_TO}." in page


def test_foot_of_each_page_names_the_versions_that_made_the_outputs():
    foot = re.search(r"^copyright: (.*)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)[
        1
    ]
    versions = pins(ROOT)
    python = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "requires-python"
    ]
    pytorch = versions["torch"]
    matplotlib = versions["matplotlib"]
    made_with = f"Python {python.strip('>=')}, PyTorch {pytorch} and Matplotlib {matplotlib}"
    assert made_with in foot
