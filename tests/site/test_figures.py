"""A figure stands in the page as SVG, in the page's colors, with a name for screen readers."""

import contextlib
import re
import xml.etree.ElementTree as etree

import markdown
import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from dlcourse_site.places import BrokenRule

STYLE = {"svg.fonttype": "none", "svg.hashsalt": "same"}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with figures: black and colored lines, patches, markers, text."""
    (tmp_path / "snippets" / "neuron").mkdir(parents=True)
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(3, 2))
        axes = figure.subplots()
        axes.plot([0, 1 / 3, 1], [0, 2 / 3, 1], "o-", color="#0072b2")
        axes.axhspan(0.2, 0.4, facecolor="white", edgecolor="black")
        axes.axhspan(0.6, 0.7, facecolor="black")
        axes.text(0.5, 0.5, "weight & bias < 1")
        for name in ("line", "other"):
            figure.savefig(tmp_path / "snippets" / "neuron" / f"{name}.svg", transparent=True)
    return tmp_path


def convert(text, folder):
    extensions = ["attr_list", "dlcourse_site.figures:FigureExtension"]
    with contextlib.chdir(folder):
        return markdown.markdown(text, extensions=extensions)


def drawn(page):
    """Return the page's figures as elements."""
    return list(
        etree.fromstring(f'<body xmlns:xlink="http://www.w3.org/1999/xlink">{page}</body>').iter(
            "figure"
        )
    )


IMAGE = "![A rising line](snippets/neuron/line.svg)"


def test_paragraph_becomes_a_figure_with_one_name(folder):
    (figure,) = drawn(convert(f"Before.\n\n{IMAGE}{{ #fig-line }}\n\nAfter.", folder))
    assert figure.get("id") == "fig-line"
    (svg,) = figure.iter("svg")
    assert svg.get("role") == "img"  # which also hides the words inside, so nothing is read twice
    assert svg.get("aria-label") == "A rising line"
    assert figure.find("figcaption").text is None  # nothing but the files to take away


def test_title_becomes_the_caption(folder):
    (figure,) = drawn(convert('![A line](snippets/neuron/line.svg "It rises.")', folder))
    assert figure.find("figcaption").text == "It rises."


def test_black_is_the_ink_and_white_the_paper(folder):
    page = convert(IMAGE, folder)
    assert not re.search(r"#0{6}|#f{6}|\bblack\b|\bwhite\b", page, re.IGNORECASE)
    (figure,) = drawn(page)
    svg = figure.find("div/svg")
    assert (
        svg.get("fill") == "currentColor"
    )  # text and what is filled black have no fill of their own
    styles = [element.get("style", "") for element in svg.iter()]
    assert any("stroke: currentColor" in style for style in styles)
    assert any("fill: var(--md-default-bg-color)" in style for style in styles)
    assert any("stroke: #0072b2" in style for style in styles)


def test_two_figures_on_a_page_share_no_id_and_every_reference_resolves(folder):
    page = convert(f"{IMAGE}\n\n![The same](snippets/neuron/other.svg)\n\n{IMAGE}", folder)
    ids = re.findall(r' id="([^"]+)"', page)
    referred = re.findall(r'(?:url\(#|href="#)([^)"]+)', page)
    assert len(drawn(page)) == 3
    assert len(ids) == len(set(ids))
    assert referred
    assert set(referred) == set(ids)


def test_nothing_of_the_figure_rules_the_rest_of_the_page(folder):
    page = convert(IMAGE, folder)
    assert "<style" not in page
    assert "<metadata" not in page
    assert "DejaVu" not in page
    (figure,) = drawn(page)
    assert (
        figure.find("div/svg").get("stroke-linejoin") == "round"
    )  # Matplotlib says it in the style sheet


def test_words_and_shapes_stay_what_they_were(folder):
    source = etree.parse(folder / "snippets" / "neuron" / "line.svg").getroot()
    (figure,) = drawn(convert(IMAGE, folder))
    words = [element.text for element in figure.iter("text")]
    assert words == [element.text for element in source.iter("{http://www.w3.org/2000/svg}text")]
    assert "weight & bias < 1" in words
    paths = [element.get("d") for element in figure.iter("path")]
    originals = [element.get("d") for element in source.iter("{http://www.w3.org/2000/svg}path")]
    assert len(paths) == len(originals)
    for path, original in zip(paths, originals, strict=True):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
        exact = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", original)]
        assert numbers == pytest.approx(exact, abs=0.01)  # points; a screen's pixel is 0.75


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("![](snippets/neuron/line.svg)", "alternative text"),
        ("![ ](snippets/neuron/line.svg)", "alternative text"),
        ("![A line](snippets/neuron/lost.svg)", "no such file"),
        (f"See {IMAGE} here.", "alone"),
        (f"{IMAGE} {IMAGE}", "alone"),
        (f"[{IMAGE}](index.md)", "alone"),
        (f"- {IMAGE}", "alone"),
    ],
)
def test_bad_figure_stops_the_build_and_is_named(text, reason, folder):
    with pytest.raises(BrokenRule, match=rf"figure snippets/neuron/(line|lost)\.svg: .*{reason}"):
        convert(text, folder)


def test_other_pictures_stay_as_they_are(folder):
    assert '<img alt="photo" src="assets/photo.png" />' in convert(
        "![photo](assets/photo.png)", folder
    )
