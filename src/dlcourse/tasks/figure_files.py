"""Figures of results as PNG files."""

import io
import math
import warnings
from pathlib import Path

import torch.nn.functional as F
from matplotlib.figure import Figure
from PIL import Image
from torch import Tensor

from dlcourse.atomic_files import write_atomically

LONGEST_NAME = 24  # characters
GRID_PIXELS = 800  # of a grid of images: they are enlarged to about this width


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


def save_grid(images: Tensor, path: Path) -> None:
    """Write a square grid of images as a PNG file that is whole or absent.

    Shapes: images (count, channels, height, width), from 0 to 1.
    Raises: EnvironmentProblem when the file cannot be written.
    """
    num_columns = math.ceil(math.sqrt(len(images)))
    grid = Image.fromarray(make_grid(images, num_columns).numpy())
    content = io.BytesIO()
    grid.save(content, "PNG")
    write_atomically(path, content.getvalue())


def make_grid(images: Tensor, num_columns: int) -> Tensor:
    """Return images side by side as one image, with white lines between them.

    Each pixel becomes a square, so that small images can be seen.

    Shapes: images (count, channels, height, width), from 0 to 1 -> (rows, columns) for one channel,
        which is gray, and (rows, columns, 3) for three, which are colors; uint8 from 0 to 255.
    """
    num_rows = math.ceil(len(images) / num_columns)
    num_missing = num_rows * num_columns - len(images)
    filled = F.pad(images.cpu(), (0, 0, 0, 0, 0, 0, 0, num_missing), value=1.0)
    scale = max(1, GRID_PIXELS // (num_columns * images.shape[-1]))
    large = filled.repeat_interleave(scale, dim=2).repeat_interleave(scale, dim=3)
    framed = F.pad(large, (1, 1, 1, 1), value=1.0)
    _, channels, height, width = framed.shape
    cells = framed.unflatten(0, (num_rows, num_columns))
    rows = cells.permute(
        0,
        3,
        1,
        4,
        2,
    )  # (num_rows, height, num_columns, width, channels)
    pixels = rows.reshape(num_rows * height, num_columns * width, channels)
    levels = (255 * pixels.clamp(0, 1)).round().byte()
    return levels.squeeze(2) if channels == 1 else levels
