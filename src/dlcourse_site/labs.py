"""Labs: docs/<chapter>/lab.py as a notebook to take away, and as a page; code is colored once.

Where mkdocs-jupyter is loaded, it makes the page of a lab.
"""

import re
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pygments
import pymdownx.highlight
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HtmlInlineProcessor
from nbconvert.exporters.templateexporter import TemplateExporter, default_filters
from nbconvert.preprocessors import ExecutePreprocessor

from dlcourse_site.katex import ROOT
from dlcourse_site.settings import read_settings

TEMPLATES = Path(__file__).with_name("templates")

# The first cell of a notebook, for a hosted service; plain Python, so that it runs anywhere
INSTALL = """import importlib.util, subprocess, sys

if importlib.util.find_spec("dlcourse") is None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "dlcourse"], check=True)"""

# Names, operators, punctuation and spaces have the ink of the block: without elements of their own
# they spare a page three quarters of the elements of its code, which a phone would have to lay out
PLAIN = re.compile(r'<span class="(?:n|o|p|w|sa|fm)">([^<]*)</span>')

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


def hosted(chapter: str) -> str:
    """Return where a hosted service opens a chapter's lab; empty without a repository on GitHub."""
    address = (read_settings(ROOT)["repo_url"] or "").rstrip("/")
    repository = address.partition("github.com/")[2]
    if not repository:
        return ""
    return f"https://colab.research.google.com/github/{repository}/blob/notebooks/{chapter}.ipynb"


default_filters["hosted"] = hosted  # for the templates


def lab_page(lab: Path) -> str:
    """Run a lab and return it as a page in Markdown, for a generator without mkdocs-jupyter."""
    run = ExecutePreprocessor(kernel_name="python3")
    exporter = TemplateExporter(
        template_file="lab.md.j2",
        extra_template_paths=[str(TEMPLATES)],
        preprocessors=[run],
    )
    return exporter.from_notebook_node(jupytext.read(lab))[0]


def color_once(source: str, lexer: Any, formatter: Any) -> str:
    """Return code in colors, almost as pygments.highlight does, and remember it."""
    key = repr((source, type(lexer), formatter.options))
    if key not in colored:
        colored[key] = PLAIN.sub(r"\1", pygments.highlight(source, lexer, formatter))
    return colored[key]


class LabExtension(Extension):
    """Colors code once, and gives our page template to mkdocs-jupyter where that is loaded."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Set comments aside before mkdocs-autorefs (168), which would see links in them."""
        pymdownx.highlight.highlight = color_once
        if "mkdocs_jupyter" in sys.modules:
            from dlcourse_site.mkdocs_site import use_lab_template

            use_lab_template(TEMPLATES)
        comments = HtmlInlineProcessor(r"(<!--.*?-->)", md)
        md.inlinePatterns.register(comments, "dlcourse_comment", 175)
