"""The pages of the built site, and where in the sources what they show was written."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from dlcourse_site.pages import FENCE, FRONT_MATTER, blank
from dlcourse_site.places import line_of

ROOT = Path(__file__).resolve().parents[2]
VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
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
    words: list[str] = field(
        default_factory=list
    )  # of the content, without code and the source of formulas

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
        if "article" in self.open and not {"code", "pre", "annotation", "svg", "style"} & set(
            self.open
        ):
            self.words.append(data)


def source_of(name: str) -> Path | None:
    """Return the page or lab of docs/ that a built page such as `neuron/index.html` was made of."""
    folder = ROOT / "docs" / Path(name).parent
    pages = (folder / "index.md", folder.with_suffix(".md"), folder.with_suffix(".py"))
    return next(
        (page for page in pages if page.is_file() and Path(name).name == "index.html"), None
    )


def place(name: str, pattern: str) -> str:
    """Return `docs/<page>:<line>` of the last text on a page that a pattern matches, outside its fences.

    Where none does it is line 1: what is wrong was added while the page was built.
    """
    page = source_of(name)
    if page is None:
        return name  # mkdocs' own, such as 404.html
    text = blank(FENCE, blank(FRONT_MATTER, page.read_text("utf-8")))
    found = [match.start() for match in re.finditer(pattern, text, re.MULTILINE)] or [0]
    return f"{page.relative_to(ROOT).as_posix()}:{line_of(text, found[-1])}"


def told(pages: dict[str, Page], check: Callable[[Page], Iterable[tuple[str, str]]]) -> list[str]:
    """Return what a check finds on each page: its place, and what; the check gives what, and its pattern."""
    found = [(name, *finding) for name, page in pages.items() for finding in check(page)]
    return [f"{place(name, pattern)}: {what}" for name, what, pattern in found]
