"""The reference describes the whole package: no module and no public name is left out."""

import ast
import re
from pathlib import Path

import pytest
from census import compare

from dlcourse_site.pages import Course

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(ROOT.glob("docs/reference/*.md"))
SOURCES = [
    path
    for path in sorted((ROOT / "src/dlcourse").rglob("*.py"))
    if path.stem != "__init__" and not re.search("/exercises/.+/", path.as_posix())
]
DIRECTIVE = re.compile(r"^::: ([\w.]+)$", re.MULTILINE)
CHAPTERS = ("neuron", "backprop", "network", "tensors", "training")


def module_of(path):
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


def public_names(body):
    """Yield the public names of a module or class: functions, classes, methods, constants."""
    for node in body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        names = [name for name in names if not name.startswith("_")]
        yield from names
        if isinstance(node, ast.ClassDef) and names:
            yield from (f"{node.name}.{name}" for name in public_names(node.body))


def described(site):
    """Return the ids of the reference's pages in a built site."""
    texts = [path.read_text("utf-8") for path in site.glob("reference/**/index.html")]
    return {id_ for text in texts for id_ in re.findall(r'id="(dlcourse[\w.]*)"', text)}


def test_every_module_stands_on_one_page():
    modules = [name for page in PAGES for name in DIRECTIVE.findall(page.read_text("utf-8"))]
    assert sorted(modules) == sorted(map(module_of, SOURCES))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: module_of(path))
def test_every_public_name_is_described(path, built_site):
    module = module_of(path)
    expected = {
        f"{module}.{name}" for name in public_names(ast.parse(path.read_text("utf-8")).body)
    }
    assert expected - described(built_site) == set()


def test_public_names_are_seen_where_they_are():
    module = ast.parse(
        "A = 1\nB: int = 2\n_c = 3\ndef f(): ...\nclass K:\n  d = 1\n  def _g(self): ...\n"
    )
    assert list(public_names(module.body)) == ["A", "B", "f", "K", "K.d"]


def test_what_a_docstring_says_of_errors_and_shapes_is_a_paragraph_of_its_own(built_site):
    page = (built_site / "reference/models/index.html").read_text("utf-8")
    for label in ("Raises", "Source"):
        assert f"<p><strong>{label}</strong>: " in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_has_an_example_that_runs(page):
    assert [block for block in Course(ROOT).read(page) if block.kind == "python"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapters_are_linked(chapter):
    assert any(f"](../{chapter}/index.md" in page.read_text("utf-8") for page in PAGES)


def test_no_code_hides_as_a_docstring(tiny_course):
    """Docstrings in the built site are left out; the same HTML on a page is code nothing runs."""
    hidden = '<div class="doc doc-object"><pre><code>1 / 0</code></pre></div>'
    page = tiny_course.write("docs/index.md", f"# Home\n\n{hidden}\n")
    course = Course(tiny_course.root)
    assert [block.kind for block in course.read(page)] == ["problem"]
    tiny_course.write("site/index.html", f"{hidden}<h2>Next</h2><pre><code>2 / 0</code></pre>")
    findings, _ = compare(course, tiny_course.root / "site")
    assert [finding for finding in findings if "2 / 0" in finding]
    assert not [finding for finding in findings if "1 / 0" in finding]
