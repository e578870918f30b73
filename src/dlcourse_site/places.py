"""Where on a page a text stands, for messages of the build."""

from pathlib import Path
from typing import Any

from markdown import Markdown


def place(page: Markdown | Path, text: str) -> str:
    """Return `docs/<page>:<line>: ` of a text on a page, or on the one that mkdocs renders; else line 1."""
    if isinstance(page, Markdown):
        if "relpath" not in page.treeprocessors:  # rendered without mkdocs
            return ""
        links: Any = page.treeprocessors["relpath"]
        page = Path(links.file.abs_src_path)
    source, name = page.read_text("utf-8"), page.as_posix().rpartition("/docs/")[2]
    return f"docs/{name}:{source.count(chr(10), 0, max(0, source.find(text))) + 1}: "
