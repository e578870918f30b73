"""Paths as people write them: a leading ~ is the home folder."""

import os
from pathlib import Path

from dlcourse.errors import UsageError


def expand_path(path: str | Path) -> str:
    """Return a path with the home folder in place of a leading ~ or ~user; the rest stays as it is.

    Raises: UsageError for an empty path, and for a path that begins with a ~user or a $VARIABLE
        that nothing has replaced. Otherwise a folder of that name would be made.
    """
    expanded = os.path.expanduser(path)
    if not expanded:
        raise UsageError("a path is empty", "write . for the current folder")
    first, _, _ = expanded.replace(os.sep, "/").partition("/")
    if first.startswith(("~", "$")) and not os.path.lexists(first):
        problem = f"{path} begins with {first}, which stands for no folder"
        raise UsageError(problem, "write the full path")
    return expanded
