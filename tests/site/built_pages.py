"""The pages of the built site, and where in the sources what they show was written."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from dlcourse_site.pages import FENCE, FRONT_MATTER, blank
from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[2]
# Elements without an end tag
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
VOID |= {"source", "track", "wbr"}
# Kinds of <link> whose target the browser fetches
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch"}
LOADED_LINKS |= {"preconnect", "dns-prefetch", "manifest"}
# Attributes whose address the browser fetches
LOADING = ("src", "srcset", "data", "poster", "action", "background", "href", "xlink:href")
NO_WORDS = {"code", "pre", "annotation", "svg", "style"}


@dataclass
class Page(HTMLParser):
    """A built page; `content` is what came from Markdown: the elements inside <article>.

    `words` are those of the content, without code and the source of formulas.
    """

    path: Path
    lang: str = ""
    ids: list[str] = field(default_factory=list)
    widgets: list[str] = field(default_factory=list)  # the ids of custom elements
    links: list[str] = field(default_factory=list)  # what a click follows
    loads: list[str] = field(default_factory=list)  # what the browser fetches by itself
    headings: list[str] = field(default_factory=list)
    content: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.open = []
        self.feed(self.path.read_text("utf-8"))

    def __hash__(self):
        return hash(self.path)

    def has(self, fragment: str) -> bool:
        """Say whether a link to a fragment finds its place.

        That of a widget's setting, such as neuron-line:w1=1, begins with the widget's id.
        """
        widget, colon, _ = fragment.partition(":")
        return fragment in self.ids or (colon == ":" and widget in self.widgets)

    def handle_starttag(self, tag, attrs):
        attrs = {key: value or "" for key, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = attrs.get("lang", "")
        if "id" in attrs:
            self.ids.append(attrs["id"])
            if "-" in tag:
                self.widgets.append(attrs["id"])
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "link" and LOADED_LINKS & set(attrs.get("rel", "").split()):
            self.loads.append(attrs["href"])
        if tag not in ("a", "link"):
            self.loads += [attrs[key] for key in LOADING if key in attrs]
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
        if "article" in self.open and not NO_WORDS & set(self.open):
            self.words.append(data)


def source_of(name: str) -> Path | None:
    """Return the page or lab of docs/ that a built page such as `neuron/index.html` was made of."""
    if Path(name).name != "index.html":
        return None
    folder = ROOT / "docs" / Path(name).parent
    for page in (folder / "index.md", folder.with_suffix(".md"), folder.with_suffix(".py")):
        if page.is_file():
            return page
    return None


def place(name: str, pattern: str) -> str:
    """Return `docs/<page>:<line>` of the last match of a pattern on a page, outside its fences.

    Without a match it is line 1: what is wrong was added when the page was built.
    """
    page = source_of(name)
    if page is None:
        return name  # mkdocs' own, such as 404.html
    text = blank(FRONT_MATTER, page.read_text("utf-8"))
    text = blank(FENCE, text)
    last = 0
    for match in re.finditer(pattern, text, re.MULTILINE):
        last = match.start()
    return f"{page.relative_to(ROOT).as_posix()}:{line_of(text, last)}"


def told(pages: dict[str, Page], check: Callable[[Page], Iterable[tuple[str, str]]]) -> list[str]:
    """Return what a check finds on each page, behind its place.

    The check gives what it finds, and a pattern of its place.
    """
    lines = []
    for name, page in pages.items():
        for what, pattern in check(page):
            lines.append(f"{place(name, pattern)}: {what}")
    return lines
