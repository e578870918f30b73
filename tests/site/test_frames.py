"""Figures of one snippet stand on a page as frames, each with the line that the snippet printed."""

import contextlib
import gzip
import re
import shutil
from pathlib import Path

import markdown
import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from dlcourse_site.figures import inline_svg
from dlcourse_site.pages import Course
from dlcourse_site.places import EXERCISES, BrokenRule
from dlcourse_site.shown import LINE

ROOT = Path(__file__).resolve().parents[2]
LINES = ["step 1: 0.5 of <all>", "step  10: 0.7", "", "the last loss: 0.1"]
EXTENSIONS = [
    "md_in_html",
    "attr_list",
    "pymdownx.snippets",
    "dlcourse_site.includes:IncludeExtension",
    "dlcourse_site.figures:FigureExtension",
]
FRAME_KB = 15  # compressed, as its page has it
PAGES = {
    path: lines
    for path in sorted((ROOT / "docs").rglob("*.md"))
    if (lines := re.findall(r"^::: frames (\S+)", path.read_text("utf-8"), re.MULTILINE))
}


@pytest.fixture
def folder(tmp_path):
    """Return a project with a snippet that drew two figures and printed four lines."""
    snippets = tmp_path / "snippets" / "gan"
    snippets.mkdir(parents=True)
    (snippets / "two_rings.out").write_text("\n".join(LINES), "utf-8")
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "same"}):
        for name in ("two_rings.svg", "two_rings-2.svg"):
            figure = Figure(figsize=(3, 2))
            figure.subplots().plot([0, 1], [0, 1], "o")
            figure.savefig(snippets / name)
    exercises = tmp_path / EXERCISES
    exercises.mkdir(parents=True)
    shutil.copy(ROOT / EXERCISES / "index.toml", exercises)
    return tmp_path


def convert(line, folder):
    with contextlib.chdir(folder):
        return markdown.markdown(f"Before.\n\n{line}\n\nAfter.", extensions=EXTENSIONS)


def test_all_frames_and_captions_stand_in_the_page_without_a_script(folder):
    page = convert("::: frames gan/two_rings A ring of points.", folder)
    assert page.startswith("<p>Before.</p>\n<figure-frames")
    assert page.endswith("<p>After.</p>")
    element = page.partition("<figure-frames")[2].partition("</figure-frames>")[0]
    assert re.findall(r"<figure class=\"drawn\" tabindex=\"0\"><div[^>]*><svg", element) != []
    assert element.count("<svg") == element.count("</figure>") == 2
    labels = re.findall(r'aria-label="(A ring[^"]*)"', element)
    assert labels == ["A ring of points. Frame 1 of 2.", "A ring of points. Frame 2 of 2."]
    captions = re.findall("<figcaption>(.*?)<details", element)
    assert captions == ["step 1: 0.5 of &lt;all&gt;", "step  10: 0.7"]
    assert 'id="frames-two-rings"' in element
    assert '<label>Frame <input type="range" name="frame" min="1" max="2" value="1"' in element


def test_controls_are_off_until_the_script_runs(folder):
    page = convert("::: frames gan/two_rings A ring of points.", folder)
    for control in re.findall("<(?:input|button)[^>]*>", page):
        assert " disabled" in control


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("gan/two_rings", "'gan/two_rings' in snippets, or no word on what they show"),
        ("gan/none A ring.", "there is no frames 'gan/none A ring.' in snippets"),
        ("gan/lost A ring.", "figure snippets/gan/lost-2.svg: there is no such file"),
    ],
)
def test_frames_that_lack_something_are_named(line, reason, folder):
    rings = folder / "snippets" / "gan" / "two_rings"
    for suffix in (".out", ".svg"):
        shutil.copy(rings.with_suffix(suffix), rings.with_name(f"lost{suffix}"))
    with pytest.raises(BrokenRule, match=reason):
        convert(f"::: frames {line}", folder)


def test_frames_are_figures_that_are_compared_with_what_their_snippet_draws(tiny_course, folder):
    (folder / "snippets" / "gan").rename(tiny_course.root / "snippets" / "gan")
    page = tiny_course.root / "docs" / "page.md"
    page.write_text("# Page\n\n::: frames gan/two_rings A ring of points.\n", "utf-8")
    blocks = Course(tiny_course.root).read(page)
    found = [(block.kind, block.source.name, block.line) for block in blocks]
    assert found == [("figure", "two_rings.svg", 3), ("figure", "two_rings-2.svg", 3)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.parent.name)
def test_frames_of_a_page_are_few_light_and_equally_large(page):
    for name in PAGES[page]:
        files = sorted((ROOT / "snippets").glob(f"{name}.svg"))
        files += sorted((ROOT / "snippets").glob(f"{name}-[0-9].svg"))
        assert 5 <= len(files) <= 9, name
        sizes = set()
        for file in files:
            svg = inline_svg(file.read_text("utf-8"), "frame", "a frame")
            assert len(gzip.compress(svg.encode(), 9)) <= 1000 * FRAME_KB, file
            sizes.add(re.search('viewBox="[^"]*"', svg)[0])
        assert len(sizes) == 1, name


def test_each_snippet_has_its_frames_on_one_page():
    names = [name for lines in PAGES.values() for name in lines]
    assert len(set(names)) == len(names) >= 2
    for page in PAGES:
        kinds = [line["kind"] for line in LINE.finditer(page.read_text("utf-8"))]
        assert kinds.count("frames") == len(PAGES[page])
