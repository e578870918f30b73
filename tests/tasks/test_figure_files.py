import warnings

import pytest
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.errors import EnvironmentProblem
from dlcourse.tasks.figure_files import save_figure, shorten_name


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
