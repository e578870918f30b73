"""Markdown extension: put the SVG that a snippet drew into the page, in the colours of the page's scheme.

`![Alternative text](snippets/neuron/biological.svg "Caption")` alone in its paragraph becomes a figure.
"""

import os
import re
import xml.etree.ElementTree as etree
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.exceptions import BuildError

REFERENCE = re.compile(r"(url\(#|^#)([^)]+)")
COLOURS = {
    re.compile(r"#000000\b|#000\b|\bblack\b"): "currentColor",
    re.compile(r"#ffffff\b|#fff\b|\bwhite\b"): "var(--md-default-bg-color)",
}
# Its old name, because the theme's instant navigation rewrites every href and stops at one of SVG's
ATTRIBUTES = {"{http://www.w3.org/1999/xlink}href": "xlink:href"}
FONT_FAMILY = re.compile(r"'DejaVu Sans'[^;]*sans-serif")
LONG_DECIMAL = re.compile(r"(-?\d+\.\d\d)\d+")


def inline_svg(source: str, prefix: str, alternative: str) -> str:
    """Return Matplotlib's SVG as an element for an HTML page.

    Black becomes the page's ink and white its background, other colours stay; ids that are referred to get
    the prefix, the others go; the page's font takes the place of Matplotlib's.
    """
    root = etree.fromstring(source)
    for parent in root.iter():
        for child in list(parent):
            if child.tag.rpartition("}")[2] in ("metadata", "style"):
                parent.remove(child)
    attributes = [(element, key) for element in root.iter() for key in element.attrib]
    referred = {match[2] for element, key in attributes for match in REFERENCE.finditer(element.attrib[key])}
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {
            ATTRIBUTES.get(key, key): clean(key, value, prefix)
            for key, value in element.attrib.items()
            if key != "id" or value in referred
        }
        if element.tag not in ("text", "tspan"):
            element.text = (element.text or "").strip()
            for child in element:
                child.tail = ""
    # The two strokes stood in the removed style sheet, which would rule the whole page; what is black has no
    # fill of its own in Matplotlib's SVG, so it takes this one
    root.attrib |= {"fill": "currentColor", "stroke-linejoin": "round", "stroke-linecap": "butt"}
    root.attrib |= {"role": "img", "aria-label": alternative, "data-search-exclude": ""}
    root.attrib.pop("version", None)
    return etree.tostring(root, encoding="unicode")


def clean(key: str, value: str, prefix: str) -> str:
    """Return an attribute's value with the page's colours and font, own ids, and no invisible digits."""
    if key == "id":
        return prefix + value
    if key == "d":
        return " ".join(LONG_DECIMAL.sub(r"\1", value).split())
    for colour, replacement in COLOURS.items():
        if key in ("style", "fill", "stroke"):
            value = colour.sub(replacement, value)
    value = FONT_FAMILY.sub("var(--md-text-font-family)", value)
    return REFERENCE.sub(rf"\g<1>{prefix}\g<2>", value)


class FigureTreeprocessor(Treeprocessor):
    """Replaces each paragraph that is one drawn picture by a figure."""

    def __init__(self, md: Markdown, base_path: str | os.PathLike[str]):
        super().__init__(md)
        self.base_path = base_path

    def run(self, root: etree.Element) -> None:
        """Inline the page's drawn pictures.

        Raises: BuildError for a picture without alternative text, without a file, or within a line of text.
        """
        parents = {child: parent for parent in root.iter() for child in parent}
        images = [element for element in root.iter("img") if is_drawn(element)]
        for number, image in enumerate(images, 1):
            paragraph = parents[image]
            beside = (paragraph.text or "") + (image.tail or "")
            if paragraph.tag != "p" or len(paragraph) > 1 or beside.strip():
                raise BuildError(f"figure {image.get('src')}: it must be alone in its paragraph")
            holder = parents[paragraph]
            holder[list(holder).index(paragraph)] = self.figure(image, paragraph, number)

    def figure(self, image: etree.Element, paragraph: etree.Element, number: int) -> etree.Element:
        """Return the figure element that stands for an image."""
        source, alternative = image.get("src", ""), image.get("alt", "").strip()
        path = Path(self.base_path) / source
        if not alternative:
            raise BuildError(f"figure {source}: it needs alternative text that says what the picture shows")
        if not path.is_file():
            raise BuildError(f"figure {source}: there is no such file; `python tasks.py outputs` draws it")
        svg = inline_svg(path.read_text("utf-8"), f"{path.stem}-{number}-", alternative)
        figure = etree.Element(
            "figure", {"class": "drawn", "tabindex": "0"}
        )  # on a phone it may scroll sideways
        name = image.get("id") or paragraph.get("id")
        if name:
            figure.set("id", name)
        figure.text = self.md.htmlStash.store(svg)
        if caption := image.get("title"):
            etree.SubElement(figure, "figcaption").text = caption
        return figure


def is_drawn(element: etree.Element) -> bool:
    """Tell whether an element is a picture that a snippet drew."""
    source = element.get("src", "")
    return element.tag == "img" and source.startswith("snippets/") and source.endswith(".svg")


class FigureExtension(Extension):
    """Inlines drawn figures after attribute lists are read and before links are resolved."""

    def __init__(self, **options: object):
        self.config = {"base_path": [".", "the folder that holds snippets/"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the tree processor between `attr_list` (8) and mkdocs' link check (0)."""
        md.treeprocessors.register(
            FigureTreeprocessor(md, self.getConfig("base_path")), "dlcourse_figures", 4
        )
