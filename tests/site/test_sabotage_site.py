"""Sabotages that only the built site shows: the strict build or the checks of its HTML find it."""

import re
import shutil
from pathlib import Path

import pytest
from test_numbers import findings

ROOT = Path(__file__).resolve().parents[2]
CHECKS = [
    "tests/site/test_built_site.py::test_every_internal_link_and_fragment_resolves",
    "tests/site/test_built_site.py::test_no_page_loads_anything_from_elsewhere",
    "tests/site/test_built_site.py::test_no_page_brings_its_own_script",
    "tests/site/test_built_site.py::test_every_picture_has_alternative_text",
    "tests/site/test_built_site.py::test_every_page_has_one_h1_a_language_and_no_id_twice",
    "tests/site/test_built_site.py::test_reading_order_of_the_front_matter_is_that_of_the_nav",
    "tests/site/test_spelling.py::test_nothing_is_misspelled",
    "tests/site/test_spelling.py::test_every_word_is_known",
    "tests/site/test_census.py::test_built_pages_show_what_runs_and_nothing_else",
]
GLOSSARY = "# Glossary\n\n## W\n\n### Weight { #weight }\n\nA number that scales an input.\n"

# what is added to a chapter's page, or to the file that is named, and what must be said
WARNED = {  # the strict build counts these, and stops at its end
    "broken link": (
        "See [there](../there.md).",
        "docs/{}/index.md:11: contains a link '../there.md'",
    ),
    "broken anchor": ("See [there](#nowhere).", "docs/{}/index.md:11: contains a link '#nowhere'"),
    "broken anchor of another page": (
        "See [there](../index.md#nowhere).",
        "docs/{}/index.md:11: contains a link",
    ),
    "missing picture": ("![A cat](cat.png)", "docs/{}/index.md:11: contains a link 'cat.png'"),
}
STOPPED = {  # the build ends at the first of these
    "bad formula": (
        "Then $\\frac{1}$.",
        "docs/{}/index.md:11: formula $\\frac{{1}}$: Unexpected end",
    ),
    "picture without alternative text": (
        "![](snippets/neuron/line.svg)",
        "docs/{}/index.md:11: figure snippets/neuron/line.svg: it needs alternative text",
    ),
    "picture that is not drawn": (
        "![A cat](snippets/neuron/cat.svg)",
        "docs/{}/index.md:11: figure snippets/neuron/cat.svg: there is no such file",
    ),
    "term without definition": (
        "docs/glossary/index.md",
        "### Bias { #bias }",
        "docs/glossary/index.md:9: glossary entry 'Bias'",
    ),
    "term twice": (
        "docs/glossary/index.md",
        "### Slope { #slope }\n<!-- forms: weight -->\n\nA.",
        "docs/glossary/index.md:9: glossary: 'weight' belongs to both",
    ),
    "lab raises": ("docs/neuron/lab.py", "print(number)", "docs/neuron/lab.py:8: NameError"),
    "page not in the nav": ("docs/lost.md", "# Lost", "docs/lost.md:1: not in the nav"),
}
BUILT = {  # the checks of the HTML find these
    "dead raw link": ('<a href="nope/">there</a>', "docs/{}/index.md:11: nope/: no such page"),
    "script": ("<script>alert(1)</script>", "docs/{}/index.md:11: <script>"),
    "frame": ('<iframe src="../"></iframe>', "docs/{}/index.md:11: <iframe>"),
    "event handler": ('<p onclick="alert(1)">Text</p>', "docs/{}/index.md:11: <p onclick="),
    "script in a link": (
        "[there](javascript:alert)",
        "docs/{}/index.md:11: <a href='javascript:alert'>",
    ),
    "picture from elsewhere": (
        "![A cat](https://example.org/cat.png)",
        "docs/{}/index.md:11: https://example.org/cat.png",
    ),
    "raw picture without alternative text": (
        '<img src="../cat.png">',
        "docs/{}/index.md:11: <img src=",
    ),
    "id twice": ('<p id="same">1</p>\n\n<p id="same">2</p>', "docs/{}/index.md:13: the id 'same'"),
    "code that did not run": (
        "<p><pre>x = 1</pre></p>",
        "docs/{}/index.md:11: the built page shows code",
    ),
    "diagram program from elsewhere": (
        '<div class="mermaid">a</div>',
        "docs/{}/index.md:11: a Mermaid diagram",
    ),
    "dead lab link": (
        "docs/{}/lab.py",
        "# %% [markdown]\n# See [home](../index.md).\n",
        "docs/{}/lab.py:3: ../index.md",
    ),
    "orphan snippet": ("snippets/{}/lost.py", "x = 1\n", "snippets/{}/lost.py:1: on no page"),
    "two titles": ("# Again", "docs/{}/index.md:11: 2 titles"),
    "word of no dictionary": ("A nouron.", "docs/{}/index.md:11: nouron: fix it, or add"),
    "misspelled word": ("A neural netwrok.", "docs/{}/index.md:11: netwrok ==> network"),
    "unknown next chapter": ("next: nowhere", "docs/{}/index.md:6: next: nowhere, but the nav has"),
    "unknown chapter before": (
        "needs: [nowhere]",
        "docs/{}/index.md:5: needs: nowhere, but the nav has",
    ),
}
MATTER = "---\ntitle: A page\ndescription: It is short.\nminutes: 5\nneeds: []\nnext:\n---\n\n"
HOME = "# Home\n\n## Install { #install }\n" + "\n![A line](assets/line.png)\n" * 5


def add_sabotages(course, sabotages: dict) -> dict[str, str]:
    """Give the tiny course what it takes to build and check it, and a chapter for each sabotage."""
    for name in ("src/dlcourse_site", "overrides", "docs/assets"):
        shutil.copytree(
            ROOT / name, course.root / name, ignore=shutil.ignore_patterns("built", "__pycache__")
        )
    for path in [ROOT / "tests" / "conftest.py", *(ROOT / "tests" / "site").glob("*.*")]:
        course.write(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    (course.root / "node_modules").symlink_to(ROOT / "node_modules")
    course.write("docs/index.md", HOME)
    course.write("docs/assets/line.png", "")
    course.write("docs/glossary/index.md", GLOSSARY)
    chapters = {name: f"chapter{number}" for number, name in enumerate(sabotages)}
    pages = ["index.md", "neuron/index.md", "neuron/lab.py", "glossary/index.md"]
    for name, chapter in chapters.items():
        page = f"docs/{chapter}/index.md"
        *file, text, _ = sabotages[name]
        key = text.partition(":")[0]
        matter = (
            re.sub(rf"^{key}:.*", text, MATTER, flags=re.MULTILINE) if key in MATTER else MATTER
        )
        course.write(page, f"{matter}# A page\n")
        path = course.root / (file[0].format(chapter) if file else page)
        before = path.read_text("utf-8") if path.exists() else ""
        if matter == MATTER:
            course.write(path.relative_to(course.root).as_posix(), f"{before}\n{text}\n")
        pages += [
            f"{chapter}/index.md",
            *([f"{chapter}/lab.py"] if path.match(f"{chapter}/lab.py") else []),
        ]
    course.write(
        "mkdocs.yml", re.sub(r"(?ms)^nav:.*", f"nav: {pages}\n", course.read("mkdocs.yml"))
    )
    return chapters


def missed(
    course, sabotages: dict, checks: list[str] = CHECKS, is_strict: bool = True
) -> list[str]:
    """Return the sabotages that a run of the checks does not tell of."""
    chapters = add_sabotages(course, sabotages)
    course.targets = checks
    if not is_strict:
        course.edit("src/dlcourse_site/mkdocs_site.py", '"--strict", ', "")
        course.edit("mkdocs.yml", "strict: true", "strict: false")
    done = course.pytest("-vv")
    assert done.returncode == 1 or not is_strict, done.stdout
    escaped = [
        name for name in sabotages if sabotages[name][-1].format(chapters[name]) not in done.stdout
    ]
    if escaped:
        print(done.stdout)
    return escaped


needs_npm = pytest.mark.skipif(
    not (ROOT / "node_modules").is_dir(), reason="npm's packages are not installed"
)


@needs_npm
@pytest.mark.soak
def test_nothing_is_red_without_sabotage(tiny_course):
    add_sabotages(tiny_course, {})
    tiny_course.targets = CHECKS
    done = tiny_course.pytest()
    assert done.returncode == 0, done.stdout


@needs_npm
def test_strict_build_names_each_line_of_a_broken_link(tiny_course):
    assert not missed(tiny_course, WARNED)


@needs_npm
def test_checks_of_the_html_name_each_page(tiny_course):
    assert not missed(tiny_course, BUILT)


@needs_npm
@pytest.mark.soak
@pytest.mark.parametrize("name", STOPPED)
def test_build_stops(tiny_course, name):
    assert not missed(tiny_course, {name: STOPPED[name]})


@needs_npm
@pytest.mark.soak
@pytest.mark.parametrize("name", BUILT | WARNED)
def test_sabotage_is_found_alone(tiny_course, name):
    assert not missed(tiny_course, {name: (BUILT | WARNED)[name]})


@needs_npm
@pytest.mark.soak
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.partition("::")[2])
def test_a_check_that_is_off_lets_a_sabotage_pass(tiny_course, check):
    assert missed(tiny_course, BUILT, [other for other in CHECKS if other != check])


@needs_npm
@pytest.mark.soak
def test_a_build_that_is_not_strict_lets_broken_links_pass(tiny_course):
    assert missed(tiny_course, WARNED, is_strict=False) == list(WARNED)


def test_a_lint_that_finds_no_number_lets_them_pass(tmp_path, monkeypatch):
    page = tmp_path / "index.md"
    page.write_text("# A page\n\nIt is 0.5.\n", "utf-8")
    monkeypatch.setattr("test_numbers.NUMBER", re.compile("(?!)"))
    assert findings(page) == []


@pytest.mark.parametrize("number", ["0.5", "12 percent", "12 pictures"])
def test_number_that_nothing_holds_is_named(tmp_path, number):
    page = tmp_path / "index.md"
    page.write_text(f"# A page\n\nIt is {number}.\n", "utf-8")
    assert findings(page)[0].startswith(f"{page}:3: {number}")
