"""Where a page lies and where on it a text stands, and what tells of a page that is wrong."""

import os
from pathlib import Path
from typing import Any

from markdown import Markdown

EXERCISES = "src/dlcourse/exercises"
INCLUDED = ("snippets", EXERCISES)  # the folders of the code that pages include


class BrokenRule(Exception):
    """A page breaks a rule; the text says where and which, and how to fix it."""


def line_of(text: str, position: int) -> int:
    """Return the line of a position; 1 for the -1 that says that something was not found."""
    return text.count("\n", 0, max(0, position)) + 1


def name_in(root: Path, path: Path) -> str:
    """Name a file as seen from a folder; a file that lies elsewhere has its whole path."""
    if not path.is_relative_to(root):
        return str(path)
    return path.relative_to(root).as_posix()


def rendered_page(md: Markdown) -> Path | None:
    """Return the page's file that a generator renders with this object; None without one.

    MkDocs and ProperDocs tell it to their processor of links, Zensical to one of its own.
    """
    if "relpath" in md.treeprocessors:
        links: Any = md.treeprocessors["relpath"]
        return Path(links.file.abs_src_path)
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]
        folders = (context.config["root_dir"], context.config["docs_dir"])
        return Path(*folders, context.page.path)
    return None


def project_root(md: Markdown) -> Path:
    """Return the folder with docs/; without a generator, the one in which Python runs."""
    page = rendered_page(md)
    if page is None:
        return Path.cwd()
    root = page.as_posix().rpartition("/docs/")[0]
    return Path(root)


def path_to_docs(md: Markdown) -> str:
    """Return the relative address of docs/ for a link in the HTML of the rendered page."""
    page = rendered_page(md)
    if page is None:
        return "."
    folder = page.parent
    # MkDocs leaves a link in HTML as it is; Zensical resolves it, as one from the page's file
    if page.stem != "index" and "relpath" in md.treeprocessors:
        folder = page.with_suffix("")
    return os.path.relpath(project_root(md) / "docs", folder).replace(os.sep, "/")


def place(page: Path | None, text: str) -> str:
    """Return `docs/<page>:<line>: ` of a text on a page, with line 1 where the text is not found.

    Without a page it is empty.
    """
    if page is None:
        return ""
    source = page.read_text("utf-8")
    name = page.as_posix().rpartition("/docs/")[2]
    line = line_of(source, source.find(text))
    return f"docs/{name}:{line}: "
