"""Every page: how it opens on a desk and on a phone, and a third of the pages by axe.

The date draws the third, so `make check` asks axe about each page every third day, and `make soak`
about all pages: light and dark, on a desk, on a phone and on a narrow phone. The tests of the
runner, the exercises and the widgets ask axe about what their use shows.
"""

import gzip
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
CHAPTERS = sorted(path.parent.name for path in DOCS.glob("*/index.md"))
LABS = sorted(path.parent.name for path in DOCS.glob("*/lab.py"))
OTHERS = [
    p.relative_to(DOCS).with_suffix("").as_posix()
    for p in sorted(DOCS.glob("*/*.md"))
    if p.stem != "index"
]
PAGES = [
    f"{name}/" if name else "" for name in ["", *CHAPTERS, *OTHERS, *(f"{lab}/lab" for lab in LABS)]
]
# Compressed: all that a first load fetches to show the page, without its drawings and the search
PAGE_KB = 120
FORMULAS_KB = 200  # of a page with formulas, whose fonts and HTML are most of the difference
REFERENCE_KB = 130  # of a page of the API, which is no lesson: it holds all names of a folder
LAB_KB = 250  # of a lab, whose figures stand in the page as pictures
OWN_SCRIPTS_KB = 30  # the course's own scripts, and what a first Run starts besides Python
THEME_SCRIPTS = "assets/javascripts/"
DRAWING = re.compile('<svg fill="currentColor" stroke-linejoin.*?</svg>', re.DOTALL)
# Compressed: the worker of the search and its index of the whole course, fetched behind the page
SEARCH_KB = 150
INDEX = "search/search_index.json"
SEARCH = re.compile("search/|assets/javascripts/workers/")
MOST_SHIFT = 0.02  # cumulative layout shift, of which 0.1 is called good
WINDOW = 900  # px, the height of a window
TALL = 30_000  # px: in a window so high, what moves far down the page counts as well
# What a window would count wherever it stands on the page: no more than the moving area times the
# way, both of which Chromium divides by the tall window, and no more than the way of all it shows
SHIFT = """
([tall, window_]) => window.shifts.filter((shift) => !shift.hadRecentInput).map((shift) => {
  const ways = shift.sources.map(({previousRect: before, currentRect: now}) =>
    Math.max(Math.abs(before.top - now.top), Math.abs(before.left - now.left)));
  return Math.min(shift.value * (tall / window_) ** 2, Math.max(0, ...ways) / window_);
}).reduce((sum, shift) => sum + shift, 0)
"""
TRIES = 3  # on a busy machine a font may come after the text, which then breaks its lines anew
WIDTH = "document.documentElement.scrollWidth"


def todays(pages, day):
    """Mark all pages but a third as long counts; in three days each page is drawn once."""
    third = pages[day.toordinal() % 3 :: 3]
    return [page if page in third else pytest.param(page, marks=pytest.mark.soak) for page in pages]


def compressed_kb(path):
    """Return what a file weighs on its way to the reader."""
    content = path.read_bytes()
    if path.suffix == ".html":
        content = DRAWING.sub("", content.decode("utf-8")).encode()
    return len(gzip.compress(content, 9)) / 1000


@pytest.fixture
def weigh(address, built_site):
    """Return a function that weighs the files that a page has requested, by their name in kB."""

    def weigh_(page):
        sizes = {}
        for url in page.requested:
            if url.startswith("data:"):
                continue
            path = built_site / unquote(urlsplit(url.removeprefix(address)).path)
            if path.is_dir():
                path = path / "index.html"
            sizes[path.relative_to(built_site).as_posix()] = compressed_kb(path)
        return sizes

    return weigh_


def most_kb(page, name):
    """Return what a page may weigh."""
    if name.endswith("lab/"):
        return LAB_KB
    if name.startswith("reference/"):
        return REFERENCE_KB
    return FORMULAS_KB if page.locator(".katex").count() else PAGE_KB


def own_scripts(page, sizes):
    """Return the scripts of the course that a page loads at once, or at a first Run or Check."""
    scripts = {name for name in sizes if name.endswith(".js") and THEME_SCRIPTS not in name}
    if page.locator("python-runner, python-exercise").count():
        scripts.add("assets/python_worker.js")
    return scripts


def open_tall(open_page, name, width):
    """Open a page; return it with what moves in the steadiest of a few tries."""
    for _ in range(TRIES):
        page = open_page(name, width=width, height=TALL)
        shift = page.evaluate(SHIFT, [TALL, WINDOW])
        if shift <= MOST_SHIFT:
            break
    return page, shift


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_page_opens_light_and_steady(name, open_page, weigh, built_site, record_property):
    page, shift = open_tall(open_page, name, 1280)
    sizes = weigh(page)
    assert INDEX in sizes
    search = sum(size for file, size in sizes.items() if SEARCH.match(file))
    total = sum(sizes.values()) - search
    scripts = own_scripts(page, sizes)
    script_kb = sum(compressed_kb(built_site / script) for script in scripts)
    weight = f"{total:.0f} of {most_kb(page, name)} kB, own scripts {script_kb:.0f} kB"
    line = f"{name or 'home'}: {weight}; search {search:.0f} kB; shift {shift:.3f}"
    record_property("line", line)
    assert total <= most_kb(page, name)
    assert script_kb <= OWN_SCRIPTS_KB
    assert search <= SEARCH_KB
    assert not [file for file in sizes if "pyodide" in file]  # it comes with the first Run
    assert shift <= MOST_SHIFT
    assert page.evaluate(WIDTH) <= 1280


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_page_opens_steady_on_a_phone_and_reflows(name, open_page):
    page, shift = open_tall(open_page, name, 390)
    assert shift <= MOST_SHIFT
    assert page.evaluate(WIDTH) <= 390
    page.set_viewport_size({"width": 320, "height": WINDOW})  # WCAG 1.4.10
    assert page.evaluate(WIDTH) <= 320


def test_what_moves_late_is_counted(open_page):
    page = open_page("neuron/", height=TALL)
    page.evaluate("""document.querySelector("#check").style.marginTop = "200px" """)
    page.wait_for_function("window.shifts.length > 0")
    assert page.evaluate(SHIFT, [TALL, WINDOW]) > 0.1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", todays(PAGES, date.today()), ids=lambda name: name or "home")
def test_page_is_accessible(name, scheme, open_page, faults_for_eyes):
    page = open_page(name, scheme, unfolded=True)
    faults = []
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": WINDOW})
        faults += [f"at {width} px: {fault}" for fault in faults_for_eyes(page)]
    assert faults == []


def test_each_page_is_drawn_once_in_three_days():
    drawn = []
    for day in range(1, 4):
        drawn += [page for page in todays(PAGES, date(2026, 1, day)) if isinstance(page, str)]
    assert sorted(drawn) == sorted(PAGES)


def test_page_is_whole_without_javascript(open_page):
    page = open_page("neuron/", java_script_enabled=False)
    assert page.locator("article h1").is_visible()
    assert page.locator("article .katex-display .katex-html").first.is_visible()
    assert page.locator("article figure.drawn svg").first.is_visible()
    assert page.locator("article summary").first.is_visible()
