"""Labs: what mkdocs-jupyter needs to render docs/<chapter>/lab.py as a page of this site.

Listed under markdown_extensions, which is where mkdocs imports modules of ours before it renders a page.
"""

from pathlib import Path

import jupytext
from markdown.extensions import Extension
from mkdocs_jupyter.config import settings


def write_notebook(lab: Path) -> bytes:
    """Return a lab in percent format as a notebook without outputs, the same bytes for the same lab."""
    notebook = jupytext.read(lab)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # nbformat draws random ids
    return jupytext.writes(notebook, fmt="ipynb").encode("utf-8")


class LabExtension(Extension):
    """Hands our page template to mkdocs-jupyter, which has a setting for it but no option."""

    def extendMarkdown(self, md: object) -> None:
        """Name the folder of the template; Markdown stays as it is."""
        settings.templates_dir = str(Path(__file__).with_name("templates"))
