"""Where on a page a text stands, for messages."""

from pathlib import Path
from typing import Any

from markdown import Markdown


def line_of(text: str, position: int) -> int:
    """Return the line of a position; 1 for the -1 that says that something was not found."""
    return text.count("\n", 0, max(0, position)) + 1


def place(page: Markdown | Path, text: str) -> str:
    """Return `docs/<page>:<line>: ` of a text on a page, or on the one that mkdocs renders; else line 1."""
    if isinstance(page, Markdown):
        if "relpath" not in page.treeprocessors:  # rendered without mkdocs
            return ""
        links: Any = page.treeprocessors["relpath"]
        page = Path(links.file.abs_src_path)
    source, name = page.read_text("utf-8"), page.as_posix().rpartition("/docs/")[2]
    return f"docs/{name}:{line_of(source, source.find(text))}: "
