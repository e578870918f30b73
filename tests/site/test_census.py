"""What readers see in the built site is what ran, character for character."""

import html
from pathlib import Path

import pytest
from census import cells, compare

from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def census(built_site):
    return compare(Course(ROOT), built_site)


def test_built_pages_show_what_runs_and_nothing_else(census, record_property):
    findings, counts = census
    record_property("course", dict(counts))  # for the summary at the end of the run
    assert not findings, "\n".join(findings)


def test_at_most_one_block_in_twenty_is_excused(census):
    counts = census[1]
    assert counts["rendered"] > 0
    assert counts["resting"] <= 0.05 * counts["rendered"]


@pytest.fixture
def tiny_site(tiny_course):
    """Return the tiny course's site, made by hand: its code blocks and nothing around them."""
    course = Course(tiny_course.root)
    shown = {
        "neuron/index.html": [
            b.text for b in course.read(course.root / "docs/neuron/index.md") if b.text
        ]
    }
    shown["neuron/lab/index.html"] = [b.text for b in cells(course.root / "docs/neuron/lab.py")]
    shown["index.html"] = shown["404.html"] = []
    for name, texts in shown.items():
        page = "".join(
            f"<pre><span></span><code>{html.escape(text)}</code></pre>" for text in texts
        )
        tiny_course.write(f"site/{name}", page)
    return course, tiny_course


def test_census_is_silent_where_all_is_well(tiny_site):
    course, tiny = tiny_site
    findings, counts = compare(course, tiny.root / "site")
    assert findings == []
    assert counts == {"pages": 3 - 1, "rendered": 1, "resting": 0, "labs": 1, "cells": 1}


PAGE = "docs/neuron/index.md"
CHANGES = {
    "a character changed": (
        "site/neuron/index.html",
        "0.8",
        "0.9",
        f"{PAGE}:9: this block is not on",
    ),
    "output changed": (
        "site/neuron/index.html",
        "y = 0.646",
        "y = 0.647",
        f"{PAGE}:15: this block is not on",
    ),
    "code from nowhere": (
        "site/index.html",
        "",
        "<pre>x = 1</pre>",
        "docs/index.md:1: the built page shows code that",
    ),
    "block shown twice": (
        "site/neuron/index.html",
        "",
        "<pre>y = 0.646\n</pre>",
        f"{PAGE}:1: the built page shows",
    ),
    "code on a page of no source": (
        "site/404.html",
        "",
        "<pre>x = 1</pre>",
        "404.html: the built page shows code",
    ),
    "lab cell not shown": (
        "site/neuron/lab/index.html",
        "sum",
        "max",
        "docs/neuron/lab.py:10: this block is not on",
    ),
    "snippet on no page": (
        "snippets/neuron/back.py",
        "",
        "x = 1",
        "snippets/neuron/back.py:1: on no page",
    ),
    "output of no snippet": (
        "snippets/neuron/back.out",
        "",
        "1",
        "snippets/neuron/back.out:1: on no page",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_census_finds(tiny_site, name):
    course, tiny = tiny_site
    file, old, new, finding = CHANGES[name]
    text = tiny.read(file) if (tiny.root / file).exists() else ""
    tiny.write(file, text.replace(old, new) if old else text + new)
    findings = compare(course, tiny.root / "site")[0]
    assert any(line.startswith(finding) for line in findings), findings
