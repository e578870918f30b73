"""Markdown extension: the first use of a glossary term on a page links to its entry.

The definition is the link's title, which the theme shows as a tooltip under the mouse and on keyboard focus.
"""

import functools
import os
import re
import xml.etree.ElementTree as etree
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mkdocs.exceptions import BuildError

ENTRY = re.compile(
    r"^### +(?P<name>[^\n{]+?) *\{ *#(?P<id>[\w-]+) *\} *\n+"
    r"(?:<!-- *forms:(?P<forms>[^\n]*?)-->\s*\n+)?"
    r"(?P<definition>(?:[^\n]+\n?)*)",
    re.MULTILINE,
)
NO_LINKS_IN = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "code",
    "pre",
    "figure",
    "summary",
    "label",
    "button",
    "kbd",
}
NO_LINKS_IN_CLASSES = {"admonition-title", "arithmatex"}


@dataclass(frozen=True)
class Entry:
    """A glossary entry: where it is, how its term may be written, and what it says in one sentence."""

    id: str
    forms: tuple[str, ...]
    definition: str


@dataclass(frozen=True)
class Glossary:
    """All entries by their forms, and one pattern that finds the longest form at a place."""

    entries: dict[str, Entry]
    pattern: re.Pattern[str]

    def find(self, written: str) -> Entry:
        """Return the entry of a text that the pattern matched."""
        form = " ".join(written.split())
        return self.entries.get(form) or self.entries[form.lower()]


def is_acronym(form: str) -> bool:
    """Tell whether a form's capitals matter: AI, RAM and ReLU, but not Gradient."""
    return sum(letter.isupper() for letter in form) > 1


def plain(text: str) -> str:
    """Return a line of Markdown without its comments, links and emphasis."""
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`]", "", text).split())


def read_glossary(path: Path) -> Glossary:
    """Return the entries of the glossary page.

    Raises: BuildError for an entry without a definition, and for two entries that claim the same form.
    """
    entries: dict[str, Entry] = {}
    for match in ENTRY.finditer(path.read_text("utf-8")):
        definition = plain(match["definition"])
        if not definition or match["definition"].startswith(("#", "```")):
            raise BuildError(f"glossary entry {match['name']!r}: its first paragraph must be the definition")
        written = [match["name"], *(match["forms"] or "").split(",")]
        forms = [form.strip() for form in written if form.strip()]
        entry = Entry(match["id"], tuple(forms), definition)
        for form in forms:
            key = form if is_acronym(form) else form.lower()
            if (other := entries.setdefault(key, entry)) is not entry:
                raise BuildError(f"glossary: {form!r} belongs to both #{other.id} and #{entry.id}")
    return Glossary(entries, form_pattern(entries))


def form_pattern(forms: dict[str, Entry]) -> re.Pattern[str]:
    """Return the pattern of whole words that are one of the forms; a hyphen belongs to the word."""
    choices = []
    for form in sorted(forms, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in form.split())
        choices.append(words if is_acronym(form) else f"(?i:{words})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(choices) or '(?!)'})(?![\w-])")


@functools.lru_cache(maxsize=1)
def cached_glossary(path: Path, changed: int) -> Glossary:
    """Return the glossary, read again when the file was saved."""
    return read_glossary(path)


class GlossaryTreeprocessor(Treeprocessor):
    """Links the first use of each term on a page."""

    def __init__(self, md: Markdown, page: str | os.PathLike[str], folder: str | os.PathLike[str]):
        super().__init__(md)
        self.page, self.folder = page, folder

    def run(self, root: etree.Element) -> None:
        """Link the terms of a page; the glossary itself and a course without one stay as they are."""
        page = Path(self.page)
        if page.is_file() and Path(self.folder) != page.parent:
            self.glossary = cached_glossary(page, page.stat().st_mtime_ns)
            self.linked: set[str] = set()
            for element in root:
                if element.get("id") == "sources":  # the titles there are other people's words
                    break
                self.visit(element)

    def visit(self, element: etree.Element) -> None:
        """Link the terms in an element, in the order in which they are read."""
        classes = set((element.get("class") or "").split())
        if element.tag in NO_LINKS_IN or classes & NO_LINKS_IN_CLASSES:
            return
        children = list(element)
        element.text, links = self.split(element.text)
        for position, link in enumerate(links):
            element.insert(position, link)
        for child in children:
            self.visit(child)
            child.tail, links = self.split(child.tail)
            after = list(element).index(child) + 1
            for position, link in enumerate(links, after):
                element.insert(position, link)

    def split(self, text: str | None) -> tuple[str | None, list[etree.Element]]:
        """Return the text before its first new term, and the links with the text behind each."""
        if not text or isinstance(text, AtomicString):
            return text, []
        links: list[etree.Element] = []
        start, before = 0, text
        for match in self.glossary.pattern.finditer(text):
            entry = self.glossary.find(match[0])
            if entry.id in self.linked:
                continue
            self.linked.add(entry.id)
            between = text[start : match.start()]
            if links:
                links[-1].tail = between
            else:
                before = between
            address = f"/{self.name()}#{entry.id}"  # made relative by mkdocs, which also checks the anchor
            link = etree.Element("a", {"class": "term", "href": address, "title": entry.definition})
            link.text = match[0]
            links.append(link)
            start = match.end()
        if links:
            links[-1].tail = text[start:]
        return before, links

    def name(self) -> str:
        """Return the glossary page's path below docs/, as a link names it."""
        path = Path(self.page)
        return f"{path.parent.name}/{path.name}"


class GlossaryExtension(Extension):
    """Links glossary terms after everything else is in the tree and before links are resolved."""

    def __init__(self, **options: object):
        self.config = {
            "page": ["docs/glossary/index.md", "the glossary page"],
            "folder": ["", "the folder of the page that is being rendered"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor just above mkdocs' link check (0)."""
        processor = GlossaryTreeprocessor(md, self.getConfig("page"), self.getConfig("folder"))
        md.treeprocessors.register(processor, "dlcourse_glossary", 2)


def makeExtension(**options: object) -> GlossaryExtension:
    """Return the extension, as Python-Markdown asks for it."""
    return GlossaryExtension(**options)
