"""Ask the mathematics of a widget, run by Node."""

from pathlib import Path
from typing import Any

from node import ask_node

DOCS = Path(__file__).resolve().parents[2] / "docs"


def ask_widget(name: str, calls: list[list[Any]]) -> list[Any]:
    """Return the result of each call, [function, *arguments], to a file such as neuron/x.js.

    A name that is no function gives its value.
    """
    question = {"module": str(DOCS / name), "calls": calls}
    return ask_node("run_widget.mjs", question)
