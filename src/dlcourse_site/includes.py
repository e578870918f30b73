"""Markdown extension: what pages include, and a note below code that needs dlcourse.

Pages include snippets, exercises, and what shown.py puts in place of a line.
"""

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from dlcourse_site.places import (
    INCLUDED,
    BrokenRule,
    path_to_docs,
    place,
    project_root,
    rendered_page,
)
from dlcourse_site.shown import LINE, show

IMPORT = '<span class="nn">dlcourse'
END = "</pre></div>"
# Says why the block below it does not run, or is no code
MARK = re.compile(r"\s*<!--\s*(?:pytest\.mark\.|not code:).*-->\s*")


class IncludeExtension(Extension, Preprocessor):
    """Tells pymdownx.snippets its folders before each page, because no setting has to name them."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place just above pymdownx.snippets (32), and one below the fences' (25)."""
        self.md = md
        md.preprocessors.register(self, "dlcourse_includes", 33)
        md.preprocessors.register(NeedsNote(md), "dlcourse_needs", 24)
        md.preprocessors.register(MarksLeftOut(md), "dlcourse_marks", 24)

    def run(self, lines: list[str]) -> list[str]:
        """Set the folders, and show what stands in place of a line."""
        snippets: Any = self.md.preprocessors["snippet"]
        root = project_root(self.md)
        snippets.base_path = [str(root / folder) for folder in INCLUDED]

        def shown(line: re.Match[str]) -> str:
            try:
                return show(line, root)
            except BrokenRule as broken:
                where = place(rendered_page(self.md), line[0])
                raise BrokenRule(f"{where}{broken}") from broken

        return LINE.sub(shown, "\n".join(lines)).split("\n")


class NeedsNote(Preprocessor):
    """Says below each code block that imports dlcourse how to install it."""

    def run(self, lines: list[str]) -> list[str]:
        """Write the note into the page's blocks, which are HTML by now; the lines stay."""
        if rendered_page(self.md) is None:
            return lines
        home = path_to_docs(self.md)
        link = f'<a href="{home}/#install">how to install it</a>'
        note = f'</pre><p class="needs">Needs <code>dlcourse</code>: {link}</p></div>'
        blocks = self.md.htmlStash.rawHtmlBlocks
        for number, block in enumerate(blocks):
            if IMPORT in block:
                blocks[number] = block.replace(END, note)
        return lines


class MarksLeftOut(Preprocessor):
    """Leaves out the comments for the tests: inside a tab, one would open a paragraph of its own.

    A block that a fence shows is not among the lines by now.
    """

    def run(self, lines: list[str]) -> list[str]:
        """Return the other lines."""
        return [line for line in lines if not MARK.fullmatch(line)]
