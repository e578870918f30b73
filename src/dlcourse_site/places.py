"""Where on a page a text stands, for messages."""

from pathlib import Path
from typing import Any

from markdown import Markdown


def line_of(text: str, position: int) -> int:
    """Return the line of a position; 1 for the -1 that says that something was not found."""
    return text.count("\n", 0, max(0, position)) + 1


def name_in(root: Path, path: Path) -> str:
    """Name a file as seen from a folder; a file that lies elsewhere has its whole path."""
    if not path.is_relative_to(root):
        return str(path)
    return path.relative_to(root).as_posix()


def place(page: Markdown | Path, text: str) -> str:
    """Return `docs/<page>:<line>: ` of a text on a page, with line 1 where the text is not found.

    A Markdown object stands for the page that mkdocs renders with it; without mkdocs there is none.
    """
    if isinstance(page, Markdown):
        if "relpath" not in page.treeprocessors:  # rendered without mkdocs
            return ""
        links: Any = page.treeprocessors["relpath"]
        page = Path(links.file.abs_src_path)
    source = page.read_text("utf-8")
    name = page.as_posix().rpartition("/docs/")[2]
    line = line_of(source, source.find(text))
    return f"docs/{name}:{line}: "
