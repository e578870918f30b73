"""The built site, page by page: what a strict build does not look at.

The fixture fails when the strict build warns.
"""

import html
import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from built_pages import place, told
from fontTools.ttLib import TTFont

from dlcourse_site.katex import KATEX
from dlcourse_site.pages import FRONT_MATTER
from dlcourse_site.shown import LINE, show

ROOT = Path(__file__).resolve().parents[2]
IMPORT = re.compile(r"^(?:from|import) dlcourse\b", re.MULTILINE)
FOOTER = '<p class="needs">Needs <code>dlcourse</code>'
LOOKED_UP = {"checked", "exercises", "glossary", "reference", "teach"}  # no chapters of the path


def test_every_page_of_the_nav_is_built(pages):
    assert {"index.html", "404.html", "neuron/index.html", "neuron/lab/index.html"} <= set(pages)
    assert {"backprop/index.html", "glossary/index.html"} <= set(pages)


def test_build_tells_of_each_page_and_no_kernel_warns(pages, built_site):
    log = (built_site.parent / "log").read_text("utf-8")
    numbers = re.findall(r"^Page (\d+) of (\d+): ", log, re.MULTILINE)
    total = len(pages) - 1  # 404.html is the theme's
    assert numbers == [(str(number), str(total)) for number in range(1, total + 1)]
    assert "Converting notebook (execute=True)" in log
    assert "WARN" not in log


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
                broken.append(f"{place(name, re.escape(link))}: {link}: no such page")
            elif fragment and other and not other.has(unquote(fragment)):
                broken.append(f"{place(name, re.escape(link))}: {link}: no such place on the page")
    assert broken == []
    assert (
        count > len(pages) * 10
    )  # each page has the nav's links alone: fewer means that none was read


def test_no_page_loads_anything_from_elsewhere(pages, built_site):
    def foreign(page):
        for url in page.loads:
            if urlsplit(url).scheme in ("http", "https") or url.startswith("//"):
                yield url, re.escape(url)

    assert told(pages, foreign) == []
    assert sum(len(page.loads) for page in pages.values()) > len(
        pages
    )  # style sheet and script were seen
    texts = [*built_site.rglob("*.css"), *built_site.rglob("*.html")]
    found = [
        f"{place(path.relative_to(built_site).as_posix(), re.escape(match[0]))}: {match[0]}"
        for path in texts
        for match in re.finditer(
            r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)\s]+", path.read_text("utf-8")
        )
    ]
    assert found == []


def test_every_file_that_a_style_sheet_names_is_there(built_site):
    sheets = list(built_site.rglob("*.css"))
    assert any("katex" in sheet.name for sheet in sheets)
    for sheet in sheets:
        for match in re.finditer(r"url\(['\"]?([^)'\"#]+)", sheet.read_text("utf-8")):
            if not match[1].startswith("data:"):
                assert (sheet.parent / match[1]).is_file(), (
                    f"{sheet.relative_to(built_site)}: {match[1]}"
                )


def test_the_fonts_keep_every_character_of_the_formulas_and_lose_the_others(built_site):
    drawn: set[int] = set()
    for path in built_site.rglob("*.html"):
        text = path.read_text("utf-8")
        for formula in re.findall(r'class="katex-html"(.*?)</bdi>', text, re.DOTALL):
            shown = html.unescape(re.sub(r"[^<>]*>|<[^>]*$", "", formula).replace("<", ""))
            drawn.update(map(ord, shown))
    assert {ord("∑"), ord("∂"), ord("η")} <= drawn
    for font in (built_site / "assets" / "built" / "katex" / "fonts").glob("*.woff2"):
        full_font = KATEX / "dist" / "fonts" / font.name
        characters = set(TTFont(full_font).getBestCmap())
        assert drawn & characters <= set(TTFont(font).getBestCmap()), font.name
        if font.name == "KaTeX_Main-Regular.woff2":
            assert font.stat().st_size < 0.6 * full_font.stat().st_size


def test_no_page_brings_its_own_script(pages):
    def scripts(page):
        for tag, attributes in page.content:
            sends_away = tag == "form" and "action" in attributes
            if sends_away or tag in ("script", "iframe", "object", "embed"):
                yield f"<{tag}>", f"<{tag}"
            for key, value in attributes.items():
                if key.startswith("on") or "javascript:" in value.lower():
                    yield f"<{tag} {key}={value!r}>", re.escape(value)
            if "mermaid" in attributes.get("class", "").split():
                yield (
                    "a Mermaid diagram, which the theme fetches a program for from elsewhere",
                    "mermaid",
                )

    assert told(pages, scripts) == []


def test_every_picture_has_alternative_text(pages):
    def unnamed(page):
        for tag, attributes in page.content:
            source = attributes.get("src", "")[:60]
            if tag == "img" and not attributes.get("alt", "").strip():
                yield f"<img src={source!r}> has no alternative text", re.escape(source)
            if attributes.get("role") == "img" and not attributes.get("aria-label", "").strip():
                yield f"<{tag} role=img> has no name", 'role="img"'

    assert told(pages, unnamed) == []
    pictures = [
        tag for page in pages.values() for tag, _ in page.content if tag in ("img", "figure")
    ]
    assert len(pictures) >= 5  # the pages on the neuron and on backpropagation alone


def test_every_page_has_one_h1_a_language_and_no_id_twice(pages):
    def wrong(page):
        if page.lang != "en":
            yield f"the language is {page.lang!r}", r"\A"
        if len(page.headings) != 1:
            yield f"{len(page.headings)} titles", "^(?:# |#{2} )?# |<h1"
        for id_ in sorted({id_ for id_ in page.ids if page.ids.count(id_) > 1}):
            yield f"the id {id_!r} stands there twice", rf"id=.?{id_}\b|\{{[^}}\n]*#{id_}\b"

    assert told(pages, wrong) == []


def test_no_formula_is_left_as_source(pages, built_site):
    source = re.compile(r"\$\$|\$[^$\s][^$]*\$|\\[(\[]|\\[a-zA-Z]{2,}")
    found = told(
        pages, lambda page: [(tex, re.escape(tex)) for tex in source.findall(" ".join(page.words))]
    )
    assert found == []
    index = json.loads((built_site / "search" / "search_index.json").read_text("utf-8"))
    windows = r"venv\scripts\activate"  # a path
    entries = {
        entry["location"]: " ".join(entry.values()).replace(windows, "") for entry in index["docs"]
    }
    assert [place for place, text in entries.items() if source.search(text)] == []
    assert len(entries) > 100  # the glossary has as many places


def test_glossary_terms_are_links_with_a_tooltip(pages):
    for name in ("index.html", "neuron/index.html", "backprop/index.html"):
        terms = [
            attributes
            for tag, attributes in pages[name].content
            if attributes.get("class") == "term"
        ]
        assert terms, name
        assert all(
            attributes["title"] and "glossary/#" in attributes["href"] for attributes in terms
        )


def test_each_block_that_needs_the_package_says_how_to_install_it(pages):
    fences = 0
    for path in sorted((ROOT / "docs").rglob("*.md")):
        place = path.relative_to(ROOT / "docs").with_suffix("")
        name = (place.parent if place.name == "index" else place) / "index.html"
        source = LINE.sub(lambda line: show(line, ROOT), path.read_text("utf-8"))
        shown = re.findall(r'^ *```python title="([^"]+)"', source, re.MULTILINE)
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
    """The page that a chapter calls next comes next in the nav; what it needs comes before it."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    order, found = re.findall(r"(\w+)/index\.md", nav), []
    for number, chapter in enumerate(order):
        page = ROOT / "docs" / chapter / "index.md"
        matter = FRONT_MATTER.match(page.read_text("utf-8"))
        says = yaml.safe_load(matter[0].strip("-")) if matter else {}
        for key, names, known in (
            ("next", [says["next"]] if says.get("next") else [], order[number + 1 : number + 2]),
            ("needs", says.get("needs", []), order[:number]),
        ):
            line = page.read_text("utf-8").partition(f"\n{key}:")[0].count("\n") + 2
            wrong = [name for name in names if name not in known]
            found += [
                f"docs/{chapter}/index.md:{line}: {key}: {name}, but the nav has {known}"
                for name in wrong
            ]
    assert found == []
