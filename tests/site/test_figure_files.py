"""Below each drawn figure are two files to take away, which are legible without the page."""

import html
import re
import xml.etree.ElementTree as etree
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest

from dlcourse_site.figure_files import LICENSE, SCHEMES, command_of, figure_files, standalone_svg

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
CC = "{http://creativecommons.org/ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
FIGURES = re.compile(r'<figure class="drawn".*?</figure>', re.DOTALL)


@pytest.fixture(scope="module")
def files():
    """Return the files of all figures as text, by their names."""
    return {name: content.decode("utf-8") for name, content in figure_files(ROOT).items()}


def test_each_figure_of_a_page_links_to_both_of_its_files(pages, built_site, here):
    linked = set()
    num_figures = 0
    for name, page in pages.items():
        for figure in FIGURES.findall(page.path.read_text("utf-8")):
            num_figures += 1
            found = re.findall(r'href="([^"]+)" download=""', figure)
            paths = [unquote(urljoin(here + name, link).removeprefix(here)) for link in found]
            light, dark = [built_site / path for path in paths]
            assert dark.name == light.name.replace("-light.svg", "-dark.svg")
            command = re.search(r"<code>python ([^<]+)</code>", figure)[1]
            assert (ROOT / command).is_file()
            assert Path(command).stem in light.name
            linked |= {light, dark}
            title = etree.parse(light).find(f"{SVG}title").text
            assert title == html.unescape(re.search('aria-label="([^"]*)"', figure)[1])
    written = set((built_site / "assets" / "built" / "figures").rglob("*.svg"))
    assert num_figures > 50
    assert written == linked


def test_each_file_says_its_license_and_the_command_that_drew_it(files):
    for name, text in files.items():
        work = etree.fromstring(text).find(f".//{CC}Work")
        assert work.find(f"{CC}license").get(RESOURCE) == LICENSE
        command = work.find(f"{DC}source").text
        program = ROOT / command.removeprefix("python ")
        assert program.is_file(), name
        assert program.with_suffix(".svg").is_file() or "-" in Path(name).stem
        assert work.find(f"{DC}title").text


def test_the_two_files_of_a_figure_differ_in_ink_and_paper_alone(files):
    light_names = [name for name in files if name.endswith("-light.svg")]
    assert len(light_names) * 2 == len(files)
    for name in light_names:
        light, dark = files[name], files[name.replace("-light.svg", "-dark.svg")]
        assert light != dark
        for light_color, dark_color in zip(SCHEMES["light"], SCHEMES["dark"], strict=True):
            assert light_color in light
            light = light.replace(light_color, dark_color)
        assert light == dark, name


def test_a_file_has_colors_of_its_own(files):
    """No color is left to a page, and black and white are gone."""
    for name, text in files.items():
        ink, paper = SCHEMES["dark" if name.endswith("-dark.svg") else "light"]
        root = etree.fromstring(text)
        assert "currentColor" not in text
        assert "var(" not in text
        assert not re.search(r"(?:fill|stroke)(?:: ?|=\")(?:#000000|black)", text)
        assert root.get("fill") == ink
        assert root.find(f"{SVG}rect").get("fill") == paper
        assert root.find(f"{SVG}rect").get("width") == "100%"


def test_a_file_keeps_every_word_and_shape_of_the_drawing(files):
    source = etree.parse(ROOT / "snippets/neuron/fit.svg").getroot()
    taken = etree.fromstring(files["figures/neuron/fit-dark.svg"])
    for tag in ("text", "path", "use"):
        ours = [(one.text, one.get("d")) for one in taken.iter(SVG + tag)]
        assert ours == [(one.text, one.get("d")) for one in source.iter(SVG + tag)]
        assert ours


def test_the_colors_are_those_of_the_pages():
    style = (ROOT / "docs/assets/course.css").read_text("utf-8")
    for scheme, name in (("light", "default"), ("dark", "slate")):
        rules = style.split(f'[data-md-color-scheme="{name}"] {{')[1].split("}")[0]
        assert re.search(r"--md-default-fg-color: ([^;]+);", rules)[1] == SCHEMES[scheme][0]


def test_a_title_is_escaped_and_a_second_figure_names_its_program():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><metadata>old</metadata></svg>'
    drawn = standalone_svg(svg, "light", "a < b &\n c", command_of("snippets/loss/curves-2.svg"))
    root = etree.fromstring(drawn)
    assert root.find(f"{SVG}title").text == "a < b & c"
    assert root.find(f".//{DC}source").text == "python snippets/loss/curves.py"
    assert "old" not in drawn
