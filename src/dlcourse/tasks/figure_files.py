"""Figures of results as PNG files."""

import io
import warnings
from pathlib import Path

from matplotlib.figure import Figure

from dlcourse.training.atomic_files import write_atomically

LONGEST_NAME = 24  # characters


def shorten_name(name: str) -> str:
    """Return a name as a figure can show it: on one line, of valid characters, not too long."""
    text = name.encode("utf-8", "replace").decode("utf-8")
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure as a PNG file that is whole or absent.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    image = io.BytesIO()
    with warnings.catch_warnings():
        # The name of a class may be in any script.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure.savefig(image, format="png", dpi=120, bbox_inches="tight")
    write_atomically(path, image.getvalue())
