"""Run a snippet of a page for the tests of what the page claims."""

import contextlib
import io
import runpy
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"


def run_snippet(chapter: str, snippet: str) -> dict[str, Any]:
    """Run a snippet without its output; return its names, and leave no figure open."""
    with contextlib.redirect_stdout(io.StringIO()):
        names = runpy.run_path(str(SNIPPETS / chapter / f"{snippet}.py"))
    plt.close("all")
    return names
