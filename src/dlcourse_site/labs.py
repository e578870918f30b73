"""Labs: what mkdocs-jupyter needs to render docs/<chapter>/lab.py as a page; colours of code, once.

Listed under markdown_extensions, which is where mkdocs imports modules of ours before it renders a page.
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


def write_notebook(lab: Path) -> bytes:
    """Return a lab as a notebook that installs dlcourse, without outputs, the same bytes for the same lab."""
    notebook = jupytext.read(lab)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(INSTALL))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # nbformat draws random ids
    return jupytext.writes(notebook, fmt="ipynb").encode("utf-8")


def colour_once(source: str, lexer: Any, formatter: Any, known: dict[str, str] = {}) -> str:  # noqa: B006
    """Return code in colours, remembered for the next rebuild of `make edit`: they are a quarter of one."""
    key = repr((source, type(lexer), formatter.options))
    return (
        known[key]
        if key in known
        else known.setdefault(key, pygments.highlight(source, lexer, formatter))
    )


class LabExtension(Extension):
    """Hands our page template to mkdocs-jupyter, which has a setting for it but no option."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Name its folder; set comments aside before mkdocs-autorefs (168) sees links in them."""
        pymdownx.highlight.highlight = colour_once
        settings.templates_dir = str(Path(__file__).with_name("templates"))
        md.inlinePatterns.register(
            HtmlInlineProcessor(r"(<!--.*?-->)", md), "dlcourse_comment", 175
        )
