"""Markdown extension: what pages include, and a note below code that needs dlcourse.

Pages include snippets, exercises, and in place of its mark the course map.
"""

import os
from pathlib import Path
from typing import Any

from jinja2 import Template
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from dlcourse_site.places import INCLUDED, project_root, rendered_page
from dlcourse_site.settings import read_front_matter, read_settings

MAP_MARK = '<div id="course-map"></div>'
MAP = Path(__file__).with_name("templates") / "course_map.md"
IMPORT = '<span class="nn">dlcourse'
END = "</pre></div>"


class IncludeExtension(Extension, Preprocessor):
    """Tells pymdownx.snippets its folders before each page, because no setting has to name them."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place just above pymdownx.snippets (32), and one below the fences' (25)."""
        self.md = md
        md.preprocessors.register(self, "dlcourse_includes", 33)
        md.preprocessors.register(NeedsNote(md), "dlcourse_needs", 24)

    def run(self, lines: list[str]) -> list[str]:
        """Set the folders, and put the course map in place of its mark."""
        snippets: Any = self.md.preprocessors["snippet"]
        root = project_root(self.md)
        snippets.base_path = [str(root / folder) for folder in INCLUDED]
        if MAP_MARK not in lines:
            return lines
        page = "\n".join(lines)
        return page.replace(MAP_MARK, course_map(root)).split("\n")


def course_map(root: Path) -> str:
    """Return the course map of a project in Markdown, so that the generator checks its links."""

    def matter(chapter: str) -> dict[str, Any]:
        return read_front_matter(root / "docs" / chapter / "index.md")

    template = Template(MAP.read_text("utf-8"))
    return template.render(matter=matter, nav=read_settings(root)["nav"])


class NeedsNote(Preprocessor):
    """Says below each code block that imports dlcourse how to install it."""

    def run(self, lines: list[str]) -> list[str]:
        """Write the note into the page's blocks, which are HTML by now; the lines stay."""
        page = rendered_page(self.md)
        if page is None:
            return lines
        folder = page.parent
        # MkDocs leaves a link in HTML as it is; Zensical resolves it, as one from the page's file
        if page.stem != "index" and "relpath" in self.md.treeprocessors:
            folder = page.with_suffix("")
        home = os.path.relpath(project_root(self.md) / "docs", folder).replace(os.sep, "/")
        link = f'<a href="{home}/#install">how to install it</a>'
        note = f'</pre><p class="needs">Needs <code>dlcourse</code>: {link}</p></div>'
        blocks = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if IMPORT in block:
                blocks[number] = block.replace(END, note)
        return lines
