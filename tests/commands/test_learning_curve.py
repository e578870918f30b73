import sys

import numpy as np
import pytest
from PIL import Image

from dlcourse.commands.learning_curve import MOST_MARKED_EPOCHS, draw_learning_curve
from dlcourse.training.progress import Progress


def make_history(train_losses, **figures):
    """Return epochs with these losses and, by name, the figures of their validation."""
    history = []
    for number, loss in enumerate(train_losses):
        progress = Progress(
            epoch=number + 1,
            epochs=len(train_losses),
            step=1,
            total_steps=1,
            learning_rate=0.1,
            train_loss=loss,
            seconds=1.0,
            examples_per_second=1.0,
            figures={name: values[number] for name, values in figures.items()},
        )
        history.append(progress)
    return history


@pytest.fixture
def panels(monkeypatch, tmp_path):
    """Return a function that draws a history; it returns the curves of each panel by label."""
    figures = []
    place = "dlcourse.commands.learning_curve.save_figure"
    monkeypatch.setattr(place, lambda figure, path: figures.append(figure))

    def draw(history):
        draw_learning_curve(history, tmp_path / "curve.png")
        return {axes.get_ylabel(): read_curves(axes) for axes in figures[-1].axes}

    return draw


def read_curves(axes):
    """Return the points of each curve of a panel."""
    return {line.get_label(): line.get_xydata().tolist() for line in axes.lines}


@pytest.fixture
def pixels(tmp_path):
    """Return a function that draws a history and returns the pixels of the file."""

    def draw(history):
        draw_learning_curve(history, tmp_path / "curve.png")
        return np.asarray(Image.open(tmp_path / "curve.png").convert("RGB"))

    return draw


def test_train_and_validation_loss_are_curves_of_one_panel_and_the_accuracy_of_another(panels):
    history = make_history([2.0, 1.0, 0.5], loss=[2.5, 1.5, 1.25], accuracy=[0.25, 0.5, 0.75])
    assert panels(history) == {
        "loss": {
            "train": [[1, 2.0], [2, 1.0], [3, 0.5]],
            "validation": [[1, 2.5], [2, 1.5], [3, 1.25]],
        },
        "validation accuracy": {"validation": [[1, 0.25], [2, 0.5], [3, 0.75]]},
    }


def test_each_other_figure_has_a_panel_with_its_name(panels):
    history = make_history([2.0], loss=[1.5], bits_per_character=[2.25], accuracy=[0.5])
    assert list(panels(history)) == ["loss", "validation bits per character", "validation accuracy"]


def test_a_task_without_a_validation_loss_has_the_curve_of_training_alone(panels):
    drawn = panels(make_history([-2.0, -3.0], reward=[5.0, 7.0]))
    assert list(drawn["loss"]) == ["train"]
    assert drawn["validation reward"] == {"validation": [[1, 5.0], [2, 7.0]]}


def test_losses_are_drawn_from_zero_unless_they_are_negative(monkeypatch, tmp_path):
    figures = []
    place = "dlcourse.commands.learning_curve.save_figure"
    monkeypatch.setattr(place, lambda figure, path: figures.append(figure))
    draw_learning_curve(make_history([2.0, 1.0], loss=[2.0, 1.0]), tmp_path / "curve.png")
    draw_learning_curve(make_history([-2.0, -3.0], reward=[5.0, 7.0]), tmp_path / "curve.png")
    assert figures[0].axes[0].get_ylim()[0] == 0
    assert figures[1].axes[0].get_ylim()[0] < -3


@pytest.mark.parametrize(("num_epochs", "marker"), [(1, "o"), (MOST_MARKED_EPOCHS, "")])
def test_few_epochs_have_markers(monkeypatch, tmp_path, num_epochs, marker):
    figures = []
    place = "dlcourse.commands.learning_curve.save_figure"
    monkeypatch.setattr(place, lambda figure, path: figures.append(figure))
    losses = [1.0] * num_epochs
    draw_learning_curve(make_history(losses, loss=losses), tmp_path / "curve.png")
    assert {line.get_marker() for line in figures[0].axes[0].lines} == {marker}


def test_the_file_shows_the_losses(pixels):
    rising = pixels(make_history([1.0, 2.0], loss=[1.0, 2.0], accuracy=[0.5, 0.5]))
    falling = pixels(make_history([2.0, 1.0], loss=[2.0, 1.0], accuracy=[0.5, 0.5]))
    assert rising.shape == falling.shape
    assert (rising != falling).any()


def test_a_single_epoch_is_visible(pixels):
    image = pixels(make_history([1.0], loss=[1.0], accuracy=[0.5])).astype(int)
    colorfulness = image.max(axis=2) - image.min(axis=2)
    assert (colorfulness > 100).sum() > 50  # the points; the rest is gray


def test_drawing_opens_no_window_and_leaves_no_figure(pixels):
    pixels(make_history([1.0, 0.5], loss=[1.0, 0.5]))
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []
