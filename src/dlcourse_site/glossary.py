"""Markdown extension: the first use of a glossary term on a page links to its entry.

The definition is the link's title, which the theme shows as a tooltip under the mouse and on
keyboard focus.
"""

import functools
import os
import re
import xml.etree.ElementTree as etree
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from dlcourse_site.places import BrokenRule, place, project_root, rendered_page

ENTRY = re.compile(
    r"^### +(?P<name>[^\n{]+?) *\{ *#(?P<id>[\w-]+) *\} *\n+"
    r"(?:<!-- *forms:(?P<forms>[^\n]*?)-->\s*\n+)?"
    r"(?P<definition>(?:[^\n]+\n?)*)",
    re.MULTILINE,
)
NO_LINKS_IN = re.compile("h[1-6]|a|code|pre|figure|summary|label|button|kbd")
NO_LINKS_IN_CLASSES = {"admonition-title", "arithmatex", "course-map"}


@dataclass(frozen=True)
class Entry:
    """A glossary entry: the id of its heading, and what it says in one sentence."""

    id: str
    definition: str


def is_acronym(form: str) -> bool:
    """Tell whether a form's capitals matter: AI, RAM and ReLU, but not Gradient."""
    capitals = [letter for letter in form if letter.isupper()]
    return len(capitals) > 1


def plain(text: str) -> str:
    """Return a line of Markdown without its comments, links and emphasis."""
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*`]", "", text)
    return " ".join(text.split())


def read_glossary(page: Path) -> dict[str, Entry]:
    """Return the entries of the glossary page by each form of their terms.

    Only acronyms keep their capitals.

    Raises: BrokenRule for an entry without a definition, and for two entries with the same form.
    """
    entries: dict[str, Entry] = {}
    for match in ENTRY.finditer(page.read_text("utf-8")):
        entry = Entry(match["id"], plain(match["definition"]))
        if not entry.definition or match["definition"].startswith(("#", "```")):
            remedy = f"glossary entry {match['name']!r}: its first paragraph must be the definition"
            raise BrokenRule(f"{place(page, match[0])}{remedy}")
        other_forms = (match["forms"] or "").split(",")
        for form in [match["name"], *other_forms]:
            form = " ".join(form.split())
            if not form:
                continue
            key = form if is_acronym(form) else form.lower()
            other = entries.setdefault(key, entry)
            if other is not entry:
                both = f"{form!r} belongs to both #{other.id} and #{entry.id}"
                raise BrokenRule(f"{place(page, match[0])}glossary: {both}")
    return entries


def form_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the longest form at a place, as whole words.

    A hyphen belongs to the word.
    """
    choices = defaultdict(list)  # by first letter, so that most of them are skipped at once
    for form in sorted(forms, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, form.split()))
        first = re.escape(form[0].lower())
        choices[first].append(words if is_acronym(form) else f"(?i:{words})")
    groups = [f"(?=(?i:{first}))(?:{'|'.join(group)})" for first, group in choices.items()]
    alternatives = "|".join(groups) or "(?!)"  # which matches nothing
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])")


@functools.lru_cache(maxsize=1)  # the reference is rendered in 400 pieces
def read_terms(page: Path, text: str) -> tuple[dict[str, Entry], re.Pattern[str]]:
    """Return the entries of a glossary page that has this text, and the pattern of their forms."""
    entries = read_glossary(page)
    return entries, form_pattern(entries)


class GlossaryExtension(Extension, Treeprocessor):
    """Links the first use of each term after all else is in the tree and before links are resolved.

    The glossary is docs/glossary/index.md.
    """

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place just above mkdocs' link check (0)."""
        self.md = md
        self.linked: set[str] = set()  # a page of the reference is rendered in many pieces
        md.treeprocessors.register(self, "dlcourse_glossary", 2)

    def run(self, root: etree.Element) -> None:
        """Link the terms of a page; the glossary itself and a course without one stay unchanged."""
        page = project_root(self.md) / "docs" / "glossary" / "index.md"
        rendered = rendered_page(self.md)
        if not page.is_file() or rendered is None or rendered.parent == page.parent:
            return
        # mkdocs turns the file's name into an address, and checks the anchor
        address = os.path.relpath(page, rendered.parent)
        self.address = Path(address).as_posix()
        self.entries, self.pattern = read_terms(page, page.read_text("utf-8"))
        for element in root:
            if element.get("id") == "sources":  # the titles there are other people's words
                break
            self.visit(element)

    def visit(self, element: etree.Element) -> None:
        """Link the terms in an element, in the order in which they are read."""
        classes = set(element.get("class", "").split())
        if NO_LINKS_IN.fullmatch(element.tag) or classes & NO_LINKS_IN_CLASSES:
            return
        children = list(element)
        element.text = self.link(element.text, element, 0)
        for child in children:
            self.visit(child)
            place_behind = list(element).index(child) + 1
            child.tail = self.link(child.tail, element, place_behind)

    def link(self, text: str | None, parent: etree.Element, place: int) -> str | None:
        """Return the text before its first new term; put its link and the rest into the parent."""
        if text is None or isinstance(text, AtomicString):
            return text
        for match in self.pattern.finditer(text):
            form = " ".join(match[0].split())
            entry = self.entries.get(form) or self.entries[form.lower()]
            if entry.id in self.linked:
                continue
            self.linked.add(entry.id)
            href = f"{self.address}#{entry.id}"
            attributes = {"class": "term", "href": href, "title": entry.definition}
            link = etree.Element("a", attributes)
            link.text = match[0]
            parent.insert(place, link)
            link.tail = self.link(text[match.end() :], parent, place + 1)
            return text[: match.start()]
        return text
