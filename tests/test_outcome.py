import pytest
import torch
from PIL import Image
from torch import nn

from dlcourse.data.batches import ImageData, Split
from dlcourse.data.framing import Framing
from dlcourse.outcome import _draw_confusion, _draw_mistakes, describe, measure

FRAMING = Framing(
    height=1, width=1, keeps_aspect=True, removes_slant=False, least_ink=0, centre="box"
)


class Reader(nn.Module):
    """Takes the first pixel of a picture for its class, as surely as the second pixel is bright."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        pixels = (images.flatten(1) * 255).round().long()
        return nn.functional.one_hot(pixels[:, 0], 3) * pixels[:, 1:2].float()


def make_pictures(taken_for, labels, surely, names=("ant", "bee", "cat"), channels=1):
    images = torch.zeros(len(labels), channels, 2, 2, dtype=torch.uint8)
    images[:, 0, 0, 0], images[:, 0, 0, 1] = torch.tensor(taken_for), torch.tensor(surely)
    split = Split(images, torch.tensor(labels))
    return ImageData("insects", split, split, split, names, max_value=255, framing=FRAMING)


PICTURES = make_pictures([0, 0, 1, 2, 1, 0], [0, 1, 1, 2, 2, 1], [3, 1, 2, 2, 4, 2])


class Recorder:
    """A figure that cannot be drawn to a file, only looked at."""

    def __init__(self, draw, pictures):
        from matplotlib.figure import Figure

        self.figure = Figure()
        images = pictures.test.images.float() / 255
        draw(self.figure, pictures, Reader()(images))


def test_the_confusion_matrix_counts_classes_by_row_and_guesses_by_column():
    (axes,) = Recorder(_draw_confusion, PICTURES).figure.axes
    counts = {text.get_position(): text.get_text() for text in axes.texts}
    # (column, row): the ant is right; of three bees two are taken for ants; of two cats one for a bee.
    assert counts == {(0, 0): "1", (0, 1): "2", (1, 1): "1", (1, 2): "1", (2, 2): "1"}
    assert axes.images[0].get_array().sum(axis=1).tolist() == pytest.approx(
        [1, 1, 1]
    )  # colours are shares of a row


def test_the_worst_mistake_comes_first_and_what_is_right_is_no_mistake():
    figure = Recorder(_draw_mistakes, PICTURES).figure
    assert figure.get_suptitle() == "insects: 3 mistakes in 6 test pictures, the worst first"
    titles = [axes.get_title() for axes in figure.axes]
    # Scores 4, 0, 0 give e^4 / (e^4 + 2) = 96 %; 2 gives 79 %, 1 gives 58 %.
    assert titles == [
        "cat (2%), taken\nfor bee (96%)",
        "bee (11%), taken\nfor ant (79%)",
        "bee (21%), taken\nfor ant (58%)",
    ]


@pytest.mark.parametrize(
    "names", [("ant", "bee", "cat"), ("$\\frac$", "蜂", "$"), tuple(map(str, range(50)))]
)
@pytest.mark.parametrize("channels", [1, 3])
def test_pictures_are_drawn_whatever_the_classes_are_called(tmp_path, names, channels):
    pictures = make_pictures([0, 1], [0, 2], [1, 1], names, channels)
    network = nn.Sequential(nn.Flatten(), nn.Linear(4 * channels, len(names)))
    figures = measure(network, pictures, torch.device("cpu"), tmp_path)
    assert figures["pictures"] == [
        str(tmp_path / name) for name in ("confusion_matrix.png", "worst_mistakes.png")
    ]
    for path in figures["pictures"]:
        with Image.open(path) as picture:
            assert min(picture.size) >= 200


def test_without_a_mistake_the_picture_says_so(tmp_path):
    pictures = make_pictures([0, 1], [0, 1], [9, 9])
    assert (
        Recorder(_draw_mistakes, pictures)
        .figure.get_suptitle()
        .startswith("insects: 0 mistakes in 2")
    )
    figures = measure(Reader(), pictures, torch.device("cpu"))
    assert figures["test_accuracy"] == figures["metric_value"] == 1
    assert "pictures" not in figures
    assert describe(figures) == "test accuracy 1.0000, test loss 0.0002"  # log(1 + 2 e^-9)
