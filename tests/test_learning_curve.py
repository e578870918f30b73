import dataclasses
import sys

import numpy as np
import pytest
from PIL import Image

from dlcourse.outcome import draw_learning_curve
from dlcourse.training.progress import Progress


def make_history(losses):
    rest = {
        "epochs": len(losses),
        "step": 1,
        "total_steps": 1,
        "learning_rate": 0.1,
        "seconds": 1.0,
    }
    return [
        Progress(
            epoch=epoch,
            train_loss=loss,
            validation_loss=loss,
            validation_accuracy=0.5,
            images_per_second=1.0,
            **rest,
        )
        for epoch, loss in enumerate(losses, start=1)
    ]


@pytest.fixture
def pixels(tmp_path):
    def draw(history):
        draw_learning_curve(history, tmp_path / "curve.png")
        return np.asarray(Image.open(tmp_path / "curve.png").convert("RGB"))

    return draw


def test_the_picture_shows_the_losses(pixels):
    rising, falling = pixels(make_history([1.0, 2.0])), pixels(make_history([2.0, 1.0]))
    assert rising.shape == falling.shape
    assert (rising != falling).any()


def test_a_single_epoch_is_visible(pixels):
    picture = pixels(make_history([1.0])).astype(int)
    assert (
        picture.max(axis=2) - picture.min(axis=2) > 100
    ).sum() > 50  # coloured: the points; the rest is grey


def test_a_run_without_accuracy_is_drawn(pixels):
    history = make_history([2.0, 1.0])
    without = [dataclasses.replace(progress, validation_accuracy=None) for progress in history]
    assert pixels(without).shape == pixels(history).shape


def test_drawing_opens_no_window_and_leaves_no_figure(pixels):
    pixels(make_history([1.0, 0.5]))
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []
