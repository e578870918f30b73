import io
import sys

import numpy as np
from PIL import Image

from dlcourse.training.learning_curve import draw_learning_curve
from dlcourse.training.progress import Progress


def make_history(losses):
    rest = {"epochs": len(losses), "step": 1, "total_steps": 1, "learning_rate": 0.1, "seconds": 1.0}
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


def pixels(history):
    return np.asarray(Image.open(io.BytesIO(draw_learning_curve(history))).convert("RGB"))


def test_the_picture_shows_the_losses():
    rising, falling = pixels(make_history([1.0, 2.0])), pixels(make_history([2.0, 1.0]))
    assert rising.shape == falling.shape
    assert (rising != falling).any()


def test_a_single_epoch_is_visible():
    picture = pixels(make_history([1.0])).astype(int)
    assert (
        picture.max(axis=2) - picture.min(axis=2) > 100
    ).sum() > 50  # coloured: the points; the rest is grey


def test_drawing_opens_no_window_and_leaves_no_figure():
    draw_learning_curve(make_history([1.0, 0.5]))
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []
