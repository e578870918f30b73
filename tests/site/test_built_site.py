"""The built site, page by page: what a strict build does not look at.

The fixture fails when the strict build warns.
"""

import html
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urljoin, urlsplit

import jupytext
import nbformat
import pytest
import yaml
from jinja2 import DictLoader
from mkdocs.config import load_config

from dlcourse_site.labs import write_notebook

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "overrides" / "main.html"
LAB_PAGE = {  # what main.html extends and includes, in little
    "base.html": "{% block header %}{% endblock %}{% block content %}<h1>Lab</h1><p>Text</p>{% endblock %}",
    "course_map.html": "",
}
IMPORT = re.compile(r"^(?:from|import) dlcourse\b", re.MULTILINE)
FOOTER = '<p class="needs">Needs <code>dlcourse</code>'
LOOKED_UP = {"checked", "glossary", "reference", "teach"}  # no chapters of the path

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}


@dataclass
class Page(HTMLParser):
    """A built page; `content` is what came from Markdown: the elements inside <article>."""

    path: Path
    lang: str = ""
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # what a click follows
    loads: list[str] = field(default_factory=list)  # what the browser fetches by itself
    headings: list[str] = field(default_factory=list)
    content: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # of the content, without code and the source of formulas

    def __post_init__(self):
        super().__init__()
        self.open = []
        self.feed(self.path.read_text("utf-8"))

    def __hash__(self):
        return hash(self.path)

    def handle_starttag(self, tag, attrs):
        attrs = {key: value or "" for key, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = attrs.get("lang", "")
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "link" and LOADED_LINKS & set(attrs.get("rel", "").split()):
            self.loads.append(attrs["href"])
        if tag not in ("a", "link"):
            keys = ("src", "srcset", "data", "poster", "action", "background", "href", "xlink:href")
            self.loads += [attrs[key] for key in keys if key in attrs]
        if tag == "h1":
            self.headings.append(tag)
        if "article" in self.open:
            self.content.append((tag, attrs))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass  # HTML lets some end tags out

    def handle_data(self, data):
        if "article" in self.open and not {"code", "pre", "annotation", "svg", "style"} & set(self.open):
            self.words.append(data)


@pytest.fixture(scope="session")
def pages(built_site):
    """Return the pages of the built site by their address below the site's."""
    return {
        path.relative_to(built_site).as_posix(): Page(path) for path in sorted(built_site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def here(built_site):
    """Return the address that the site was built for."""
    return min(re.findall("<loc>(.*?)</loc>", (built_site / "sitemap.xml").read_text("utf-8")), key=len)


def names(pages, check):
    """Return what a check finds on each page, as lines for a message."""
    return [f"{name}: {found}" for name, page in pages.items() for found in check(page)]


def test_every_page_of_the_nav_is_built(pages):
    assert {"index.html", "404.html", "neuron/index.html", "neuron/lab/index.html"} <= set(pages)
    assert {"backprop/index.html", "glossary/index.html"} <= set(pages)


def test_every_internal_link_and_fragment_resolves(pages, built_site, here):
    broken, count = [], 0
    for name, page in pages.items():
        for link in page.links:
            address, _, fragment = urljoin(here + name, link).partition("#")
            if not address.startswith(here):
                continue
            count += 1
            path = built_site / unquote(urlsplit(address.removeprefix(here)).path)
            path = path / "index.html" if path.is_dir() else path
            other = pages.get(path.relative_to(built_site).as_posix())
            if not path.is_file():
                broken.append(f"{name}: {link}: no such page")
            elif fragment and other and unquote(fragment) not in other.ids:
                broken.append(f"{name}: {link}: no such place on the page")
    assert broken == []
    assert count > len(pages) * 10  # each page has the nav's links alone: fewer means that none was read


def test_no_page_loads_anything_from_elsewhere(pages, built_site):
    def foreign(page):
        return [
            url for url in page.loads if urlsplit(url).scheme in ("http", "https") or url.startswith("//")
        ]

    assert names(pages, foreign) == []
    assert sum(len(page.loads) for page in pages.values()) > len(pages)  # style sheet and script were seen
    texts = [*built_site.rglob("*.css"), *built_site.rglob("*.html")]
    found = [
        f"{path.relative_to(built_site)}: {match[0]}"
        for path in texts
        for match in re.finditer(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)\s]+", path.read_text("utf-8"))
    ]
    assert found == []


def test_every_file_that_a_style_sheet_names_is_there(built_site):
    sheets = list(built_site.rglob("*.css"))
    assert any("katex" in sheet.name for sheet in sheets)
    for sheet in sheets:
        for match in re.finditer(r"url\(['\"]?([^)'\"#]+)", sheet.read_text("utf-8")):
            if not match[1].startswith("data:"):
                assert (sheet.parent / match[1]).is_file(), f"{sheet.relative_to(built_site)}: {match[1]}"


def test_no_page_brings_its_own_script(pages):
    def scripts(page):
        for tag, attributes in page.content:
            if tag in ("script", "iframe", "object", "embed", "form"):
                yield f"<{tag}>"
            for key, value in attributes.items():
                if key.startswith("on") or "javascript:" in value.lower():
                    yield f"<{tag} {key}={value!r}>"
            if "mermaid" in attributes.get("class", "").split():
                yield "a Mermaid diagram, which the theme fetches a program for from elsewhere"

    assert names(pages, scripts) == []


def test_every_picture_has_alternative_text(pages):
    def unnamed(page):
        for tag, attributes in page.content:
            if tag == "img" and not attributes.get("alt", "").strip():
                yield f"<img src={attributes.get('src', '')[:60]!r}>"
            if attributes.get("role") == "img" and not attributes.get("aria-label", "").strip():
                yield f"<{tag} role=img>"

    assert names(pages, unnamed) == []
    pictures = [tag for page in pages.values() for tag, _ in page.content if tag in ("img", "figure")]
    assert len(pictures) >= 5  # the pages on the neuron and on backpropagation alone


def test_every_page_has_one_h1_a_language_and_no_id_twice(pages):
    assert {name: page.lang for name, page in pages.items() if page.lang != "en"} == {}
    assert {name: len(page.headings) for name, page in pages.items() if len(page.headings) != 1} == {}
    assert names(pages, lambda page: {id_ for id_ in page.ids if page.ids.count(id_) > 1}) == []


def test_no_formula_is_left_as_source(pages, built_site):
    source = re.compile(r"\$\$|\$[^$\s][^$]*\$|\\[(\[]|\\[a-zA-Z]{2,}")
    assert names(pages, lambda page: source.findall(" ".join(page.words))) == []
    index = json.loads((built_site / "search" / "search_index.json").read_text("utf-8"))
    entries = [(entry["location"], entry["text"]) for entry in index["docs"]]
    shown = [(place, re.sub(r"<(code|pre)>.*?</\1>", "", text, flags=re.DOTALL)) for place, text in entries]
    assert [place for place, text in shown if source.search(text)] == []
    assert len(entries) > 100  # the glossary has as many places


def test_glossary_terms_are_links_with_a_tooltip(pages):
    for name in ("index.html", "neuron/index.html", "backprop/index.html"):
        terms = [attributes for tag, attributes in pages[name].content if attributes.get("class") == "term"]
        assert terms, name
        assert all(attributes["title"] and "glossary/#" in attributes["href"] for attributes in terms)


@pytest.mark.parametrize("lab", [path.parent.name for path in sorted(ROOT.glob("docs/*/lab.py"))])
def test_lab_was_run_and_can_be_downloaded_both_ways(lab, pages, built_site, here):
    page, source = pages[f"{lab}/lab/index.html"], ROOT / "docs" / lab / "lab.py"
    assert any(
        "filename" in attributes.get("class", "") for _, attributes in page.content
    )  # an output's title
    assert (built_site / lab / "lab" / "lab.py").read_bytes() == source.read_bytes()
    notebook = f"assets/built/labs/{lab}.ipynb"
    targets = {urljoin(f"{here}{lab}/lab/", link).removeprefix(here) for link in page.links}
    assert {f"{lab}/lab/lab.py", notebook} <= targets
    downloaded = nbformat.read(built_site / notebook, as_version=4)
    nbformat.validate(downloaded)
    installs, *cells = [cell.source for cell in downloaded.cells]
    assert 'find_spec("dlcourse")' in installs
    assert cells == [cell.source for cell in jupytext.read(source).cells]
    assert not any(cell.get("outputs") for cell in downloaded.cells)
    assert write_notebook(source) == write_notebook(source)  # else each build would touch it


@pytest.mark.parametrize("repository", ["", "https://github.com/someone/course"])
def test_lab_opens_on_a_hosted_service_where_the_repository_is_known(repository, monkeypatch):
    monkeypatch.setenv("REPO_URL", repository)
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[])
    nav = SimpleNamespace(homepage=SimpleNamespace(url=""))
    file = SimpleNamespace(src_uri="neuron/lab.py")
    content = config.theme.get_env().overlay(
        loader=DictLoader(LAB_PAGE | {"main.html": MAIN.read_text("utf-8")})
    )
    content.filters["url"] = lambda url: f"../../{url}"
    page = content.get_template("main.html").render(config=config, nav=nav, page=SimpleNamespace(file=file))
    colab = "https://colab.research.google.com/github/someone/course/blob/notebooks/neuron.ipynb"
    assert (f'<a href="{colab}">' in page) == bool(repository)
    assert '<a href="lab.py" download>' in page
    assert '<a href="../../assets/built/labs/neuron.ipynb" download>' in page


def test_each_block_that_needs_the_package_says_how_to_install_it(pages):
    fences = 0
    for path in sorted((ROOT / "docs").rglob("*.md")):
        place = path.relative_to(ROOT / "docs").with_suffix("")
        name = (place.parent if place.name == "index" else place) / "index.html"
        shown = re.findall(r'^ *```python title="([^"]+)"', path.read_text("utf-8"), re.MULTILINE)
        needing = [file for file in shown if re.search(IMPORT, (ROOT / file).read_text("utf-8"))]
        text = pages[name.as_posix()].path.read_text("utf-8")
        blocks = text.split('<div class="language-python highlight">')[1:]
        said = [re.search(r'filename">([^<]+)', block)[1] for block in blocks if FOOTER in block]
        assert said == needing, name
        fences += len(shown)
    assert fences > 50  # the glossary alone has as many
    assert "install" in pages["index.html"].ids


def test_course_map_is_drawn_from_the_front_matter_of_each_chapter(pages):
    links = [attributes.get("href") for _, attributes in pages["index.html"].content]
    text = pages["index.html"].path.read_text("utf-8")
    for path in sorted((ROOT / "docs").glob("*/index.md")):
        matter = yaml.safe_load(path.read_text("utf-8").split("---")[1])
        if path.parent.name not in LOOKED_UP:
            assert f"{path.parent.name}/" in links
            assert f"{matter['minutes']} minutes" in text
            assert html.escape(matter["description"], quote=False) in text


def test_reading_order_of_the_front_matter_is_that_of_the_nav():
    """The page that a chapter calls next comes next in the nav, and what it needs comes before it."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    order = re.findall(r"(\w+)/index\.md", nav)
    for chapter in order:
        matter = yaml.safe_load((ROOT / "docs" / chapter / "index.md").read_text("utf-8").split("---")[1])
        if matter["next"]:
            assert order[order.index(chapter) + 1] == matter["next"], chapter
        assert all(order.index(need) < order.index(chapter) for need in matter["needs"]), chapter


def test_lab_page_brings_no_style_of_its_own(pages):
    (lab,) = (page for name, page in pages.items() if name == "neuron/lab/index.html")
    assert lab.path.stat().st_size < 200_000  # mkdocs-jupyter's own template: 600 kB before the first word
