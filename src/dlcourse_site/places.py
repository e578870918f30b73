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


def rendered_page(md: Markdown) -> Path | None:
    """Return the page's file that mkdocs renders with this object; None without mkdocs."""
    if "relpath" not in md.treeprocessors:
        return None
    links: Any = md.treeprocessors["relpath"]
    return Path(links.file.abs_src_path)


def project_root(md: Markdown) -> Path:
    """Return the folder with mkdocs.yml; without mkdocs, the one in which Python runs."""
    if "relpath" not in md.treeprocessors:
        return Path.cwd()
    links: Any = md.treeprocessors["relpath"]
    config_file = Path(links.config.config_file_path)
    return config_file.resolve().parent


def place(page: Markdown | Path, text: str) -> str:
    """Return `docs/<page>:<line>: ` of a text on a page, with line 1 where the text is not found.

    A Markdown object stands for the page that mkdocs renders with it; without mkdocs there is none.
    """
    if isinstance(page, Markdown):
        rendered = rendered_page(page)
        if rendered is None:
            return ""
        page = rendered
    source = page.read_text("utf-8")
    name = page.as_posix().rpartition("/docs/")[2]
    line = line_of(source, source.find(text))
    return f"docs/{name}:{line}: "
