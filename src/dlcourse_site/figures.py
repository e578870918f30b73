"""Markdown extension: put a figure that a snippet drew into the page, in the page's colors.

`![Alternative text](snippets/neuron/biological.svg "Caption")` alone in its paragraph becomes a
figure.
"""

import html
import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from dlcourse_site.figure_files import BLACK, WHITE, command_of, file_name
from dlcourse_site.outputs import tidy_svg
from dlcourse_site.places import BrokenRule, path_to_docs, place, project_root, rendered_page

DRAWN = re.compile(r"snippets/.*\.svg$")

# The page's own ink, paper and font. A style sheet would rule the whole page, so it goes; the
# names of XML go, because HTML does not need them.
CHANGES = {
    r'(?s)^.*?(?=<svg)|<!--.*?-->|<metadata.*?</metadata>|<style.*?</style>| xmlns="[^"]*"': "",
    BLACK: r"\1currentColor",
    WHITE: r"\1var(--md-default-bg-color)",
    r"'DejaVu Sans'[^;\"]*sans-serif": "var(--md-text-font-family)",
}
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)pt" height="([\d.]+)pt"')
FILES = (
    '<details class="files" data-search-exclude=""><summary>Download this figure</summary>SVG for '
    '<a href="{light}" download="">light pages</a> or <a href="{dark}" download="">dark pages</a>, '
    "CC BY 4.0, drawn by <code>{command}</code></details>"
)


def shorten_numbers(path: re.Match[str]) -> str:
    """Return an SVG path with two decimals a number: nobody can see more of them."""
    return re.sub(r"(\.\d\d)\d+", r"\1", path[0])


def inline_svg(svg: str, prefix: str, alternative: str) -> str:
    """Return Matplotlib's SVG for an HTML page; its ids begin with the prefix.

    It is in a box of its size, so a browser need not lay it out until the reader is near.
    """
    svg = tidy_svg(svg, prefix)
    for pattern, replacement in CHANGES.items():
        svg = re.sub(pattern, replacement, svg)
    svg = re.sub(r' d="[^"]*"', shorten_numbers, svg)
    # The two strokes stood in the style sheet; what is black has no fill of its own, so it takes
    # this one
    look = 'fill="currentColor" stroke-linejoin="round" stroke-linecap="butt"'
    name = f'role="img" aria-label="{html.escape(alternative)}" data-search-exclude=""'
    width, height = SIZE.findall(svg)[0]
    svg = svg.replace("<svg", f"<svg {look} {name}", 1)
    size = f"width: {width}pt; aspect-ratio: {width} / {height}"
    return f'<div class="drawing" style="{size}">{svg}</div>'


class FigureExtension(Extension, Treeprocessor):
    """Replaces each paragraph that holds nothing but a drawn figure by an element <figure>."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take a place between `attr_list` (8) and mkdocs' link check (0)."""
        self.md = md
        md.block_level_elements.append("figure-frames")  # which holds figures
        md.treeprocessors.register(self, "dlcourse_figures", 4)

    def run(self, root: etree.Element) -> None:
        """Put the page's drawn figures into it.

        Raises: BrokenRule for a figure without alternative text, without a file, or within a line.
        """
        number = 0
        for paragraph in list(root.iter()):
            for image in paragraph.findall("img"):
                if DRAWN.match(image.get("src", "")):
                    number += 1
                    self.replace(image, paragraph, number)

    def replace(self, image: etree.Element, paragraph: etree.Element, number: int) -> None:
        """Turn the paragraph of an image, the page's figure of this number, into a figure."""
        source = image.get("src", "")
        path = project_root(self.md) / source
        alternative = image.get("alt", "").strip()
        beside = (paragraph.text or "") + (image.tail or "")
        where = f"{place(rendered_page(self.md), source)}figure {source}"
        if not alternative:
            raise BrokenRule(f"{where}: it needs alternative text that says what it shows")
        if not path.is_file():
            raise BrokenRule(f"{where}: there is no such file; run `python tasks.py outputs`")
        if paragraph.tag != "p" or len(paragraph) > 1 or beside.strip():
            raise BrokenRule(f"{where}: it must be alone in its paragraph")

        svg = inline_svg(path.read_text("utf-8"), f"{path.stem}-{number}", alternative)
        figure_id = image.get("id") or paragraph.get("id")
        paragraph.clear()
        paragraph.tag = "figure"
        paragraph.text = self.md.htmlStash.store(svg)
        paragraph.set("class", "drawn")
        paragraph.set("tabindex", "0")  # on a phone it may scroll sideways
        if figure_id:
            paragraph.set("id", figure_id)
        figcaption = etree.SubElement(paragraph, "figcaption")
        folder = f"{path_to_docs(self.md)}/assets/built"
        files = FILES.format(
            light=f"{folder}/{file_name(source, 'light')}",
            dark=f"{folder}/{file_name(source, 'dark')}",
            command=command_of(source),
        )
        figcaption.text = image.get("title", "") + self.md.htmlStash.store(files)
