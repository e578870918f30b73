"""Formulas are rendered when the site is built, by one node process; a bad one stops the build."""

import subprocess
import xml.etree.ElementTree as etree

import markdown
import pytest

from dlcourse_site import katex
from dlcourse_site.places import BrokenRule

needs_npm = pytest.mark.skipif(not katex.KATEX.is_dir(), reason="npm's packages are not installed")


def convert(text):
    extensions = ["tables", "pymdownx.arithmatex", "dlcourse_site.katex:KatexExtension"]
    arithmatex = {"generic": True, "inline_tag": "bdi"}
    return markdown.markdown(
        text, extensions=extensions, extension_configs={"pymdownx.arithmatex": arithmatex}
    )


def mathml(page):
    """Return the <math> elements of a page."""
    fragments = [f"{part.split('</math>')[0]}</math>" for part in page.split("<math ")[1:]]
    return [etree.fromstring(f"<math {fragment}") for fragment in fragments]


def texts(math, name):
    return [element.text for element in math.iter(f"{{http://www.w3.org/1998/Math/MathML}}{name}")]


@needs_npm
def test_inline_formula_becomes_html_and_mathml():
    page = convert("A weight $w < 3$ here.")
    (math,) = mathml(page)
    assert texts(math, "mi") == ["w"]
    assert texts(math, "mo") == ["<"]
    assert texts(math, "mn") == ["3"]
    assert 'class="katex-html"' in page
    assert "tabindex" not in page  # only what can scroll is a tab stop


@needs_npm
def test_display_formula_scrolls_by_keyboard_and_stays_out_of_the_search():
    page = convert("$$\n\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\n$$")
    assert '<div class="arithmatex" data-search-exclude="" tabindex="0">' in page
    (math,) = mathml(page)
    assert texts(math, "mi") == ["a", "b", "c", "d"]  # an ampersand separates cells, it is not text


@needs_npm
def test_formula_in_a_table_and_in_emphasis_is_rendered():
    page = convert("| f | *$g$* |\n|---|---|\n| $\\max(0, x)$ | b |")
    assert len(mathml(page)) == 2


@needs_npm
@pytest.mark.parametrize("mark", [".", ",", ")"])
def test_mark_behind_a_formula_stays_in_its_unbroken_piece(mark):
    page = convert(f"A weight $w${mark} Here")
    assert f"{mark}</bdi> Here" in page
    assert "nowrap" in page
    long = "w + " * 20 + "b"  # it must be able to break on a phone
    assert f"</bdi>{mark} Here" in convert(f"A sum ${long}${mark} Here")


@needs_npm
def test_dollars_in_code_are_no_formula():
    assert "<math" not in convert("`$x$` and\n\n    $$y$$\n")


@needs_npm
@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (r"\frac{1}", "Unexpected end of input"),  # a missing argument
        (r"\wieght_1", r"\wieght"),  # a misspelled command
        (r"w_1_2", "Double subscript"),
        (r"größe", "LaTeX-incompatible"),  # strict: what LaTeX would not take
    ],
)
def test_bad_formula_stops_the_build_and_is_named(formula, reason):
    with pytest.raises(BrokenRule) as caught:
        convert(f"Text with ${formula}$ inside.")
    assert f"${formula}$" in str(caught.value)
    assert reason in str(caught.value)


@needs_npm
def test_good_formula_is_rendered_after_a_bad_one():
    with pytest.raises(BrokenRule):
        convert(r"$\frac{2}$")
    assert texts(mathml(convert("$2z$"))[0], "mn") == ["2"]


@needs_npm
def test_one_process_renders_all_formulas(monkeypatch):
    started = []

    class Counted(subprocess.Popen):
        def __init__(self, *arguments, **options):
            started.append(arguments)
            super().__init__(*arguments, **options)

    monkeypatch.setattr(katex.subprocess, "Popen", Counted)
    katex.start_node.cache_clear()
    katex.render.cache_clear()
    for number in range(3):
        convert(f"$x_{number}$ and $y_{number}$")
    assert len(started) == 1
