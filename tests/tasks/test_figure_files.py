import warnings

import numpy as np
import pytest
import torch
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.errors import EnvironmentProblem
from dlcourse.tasks.figure_files import save_figure, save_grid, shorten_name


def draw(title=""):
    """Return a figure with one curve."""
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.plot([1, 2], [3, 4])
    axes.set_title(title)
    return figure


def test_a_figure_becomes_a_png_file_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "figure.png"
    save_figure(draw(), path)
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert min(image.size) >= 300  # 4 x 3 inches at 120 dots an inch, less the white border
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_figure_is_replaced(tmp_path):
    path = tmp_path / "figure.png"
    path.write_text("older")
    save_figure(draw(), path)
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_title_in_any_script_is_drawn_without_a_warning(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_figure(draw("蜂"), tmp_path / "figure.png")


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(EnvironmentProblem, match=r"figure\.png"):
        save_figure(draw(), tmp_path / "missing" / "figure.png")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ant", "ant"),
        ("b\udce9b\udce9", "b?b?"),
        (" two\nlines\t", "two lines"),
        ("x" * 24, "x" * 24),
        ("x" * 25, "x" * 23 + "…"),
    ],
)
def test_a_name_is_shown_on_one_line_of_valid_characters(name, shown):
    assert shorten_name(name) == shown


@pytest.mark.parametrize("channels", [1, 3])
def test_a_grid_shows_each_image_at_its_place(tmp_path, channels):
    path = tmp_path / "grid.png"
    grays = torch.tensor([0.0, 0.2, 0.4, 0.6, 0.8])
    images = grays.view(5, 1, 1, 1).expand(5, channels, 4, 4)
    save_grid(images, path)
    with Image.open(path) as grid:
        assert grid.mode == ("L" if channels == 1 else "RGB")
        width, height = grid.size
        levels = np.asarray(grid.convert("L"))
    # Two rows of three, the last place empty; GRID_PIXELS // (3 * 4) = 66 pixels a pixel.
    assert (width, height) == (3 * (4 * 66 + 2), 2 * (4 * 66 + 2))
    middles = levels[133::266, 133::266].flatten().tolist()
    assert middles == [0, 51, 102, 153, 204, 255]
    assert levels[0, 0] == 255  # the line between images
    assert list(tmp_path.iterdir()) == [path]


def test_values_outside_the_range_become_black_or_white(tmp_path):
    save_grid(torch.tensor([-0.5, 1.5]).view(2, 1, 1, 1), tmp_path / "grid.png")
    with Image.open(tmp_path / "grid.png") as grid:
        levels = np.asarray(grid)
    assert (levels[200, 200], levels[200, 600]) == (0, 255)
