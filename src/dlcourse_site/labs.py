"""Labs: what mkdocs-jupyter needs to render docs/<chapter>/lab.py as a page; code is colored once.

The extension stands under markdown_extensions in mkdocs.yml, because mkdocs imports those modules
before it renders a page.
"""

from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pygments
import pymdownx.highlight
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HtmlInlineProcessor
from mkdocs_jupyter.config import settings

# The first cell of a notebook, for a hosted service; plain Python, so that it runs anywhere
INSTALL = """import importlib.util, subprocess, sys

if importlib.util.find_spec("dlcourse") is None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "dlcourse"], check=True)"""

# Code in colors, kept for the next rebuild of `make edit`: coloring it takes a quarter of a rebuild
colored: dict[str, str] = {}


def write_notebook(lab: Path) -> bytes:
    """Return a lab as a notebook without outputs, whose first cell installs dlcourse.

    The same lab gives the same bytes.
    """
    notebook = jupytext.read(lab)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(INSTALL))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # nbformat draws random ids
    return jupytext.writes(notebook, fmt="ipynb").encode("utf-8")


def color_once(source: str, lexer: Any, formatter: Any) -> str:
    """Return code in colors, as pygments.highlight does, and remember it."""
    key = repr((source, type(lexer), formatter.options))
    if key not in colored:
        colored[key] = pygments.highlight(source, lexer, formatter)
    return colored[key]


class LabExtension(Extension):
    """Gives our page template to mkdocs-jupyter, which has a setting for it but no option."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Name the template's folder; color code once; protect comments.

        Comments are set aside before mkdocs-autorefs (168), which would see links in them.
        """
        pymdownx.highlight.highlight = color_once
        settings.templates_dir = str(Path(__file__).with_name("templates"))
        comments = HtmlInlineProcessor(r"(<!--.*?-->)", md)
        md.inlinePatterns.register(comments, "dlcourse_comment", 175)
