import pytest
import torch
from matplotlib.figure import Figure
from PIL import Image
from torch import nn

from dlcourse.data.batches import ImageData, Split
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.classify_figures import (
    NUM_NAMED,
    count_confusions,
    draw_confusion_matrix,
    draw_worst_mistakes,
)

CPU = torch.device("cpu")
PREDICTED = [0, 0, 1, 2, 1, 0]
LABELS = [0, 1, 1, 2, 2, 1]
SCORES = [3, 1, 2, 2, 4, 2]  # logits of the classes that are predicted; the others have 0


def make_images(labels, names=("ant", "bee", "cat"), channels=1):
    """Return a data set whose splits are all the same images."""
    images = torch.zeros(len(labels), channels, 2, 2, dtype=torch.uint8)
    split = Split(images, torch.tensor(labels))
    return ImageData("insects", split, split, split, names, max_value=255, framing=None)


def make_logits(predicted, scores, num_classes=3):
    """Return logits with a score for the class that is predicted and 0 for the others."""
    one_hot = nn.functional.one_hot(torch.tensor(predicted), num_classes)
    return one_hot * torch.tensor(scores, dtype=torch.float32)[:, None]


@pytest.fixture
def figures(monkeypatch):
    """Return the list of the figures that are drawn; none is saved."""
    drawn: list[Figure] = []
    place = "dlcourse.tasks.classify_figures.save_figure"
    monkeypatch.setattr(place, lambda figure, path: drawn.append(figure))
    return drawn


def test_the_confusion_matrix_counts_classes_by_row_and_predictions_by_column(figures):
    draw_confusion_matrix(make_images(LABELS), make_logits(PREDICTED, SCORES), None)
    (axes,) = figures[0].axes
    counts = {text.get_position(): text.get_text() for text in axes.texts}
    # (column, row): the ant is classified correctly, two of three bees as ants, and one of two
    # cats as a bee.
    assert counts == {(0, 0): "1", (0, 1): "2", (1, 1): "1", (1, 2): "1", (2, 2): "1"}
    shares = axes.images[0].get_array()  # the colors are shares of a row
    assert shares.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert axes.get_xlabel() == "classified as"
    assert axes.get_ylabel() == "class"
    assert axes.get_title() == "insects: test images"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["ant", "bee", "cat"]


def test_confusions_are_counted_by_class():
    counts = count_confusions(torch.tensor(LABELS), make_logits(PREDICTED, SCORES))
    assert counts.tolist() == [[1, 0, 0], [2, 1, 0], [0, 1, 1]]


@pytest.mark.parametrize("num_classes", [NUM_NAMED, NUM_NAMED + 1])
def test_a_matrix_of_many_classes_has_no_counts(figures, num_classes):
    names = tuple(str(number) for number in range(num_classes))
    draw_confusion_matrix(make_images([0], names), make_logits([0], [1], num_classes), None)
    (axes,) = figures[0].axes
    assert len(axes.texts) == (1 if num_classes == NUM_NAMED else 0)


def test_a_class_without_a_test_image_has_an_empty_row(figures):
    draw_confusion_matrix(make_images([0, 2]), make_logits([0, 2], [1, 1]), None)
    (axes,) = figures[0].axes
    assert axes.images[0].get_array()[1].tolist() == [0, 0, 0]


def test_the_worst_mistake_comes_first_and_what_is_correct_is_no_mistake(figures):
    draw_worst_mistakes(make_images(LABELS), make_logits(PREDICTED, SCORES), None)
    (figure,) = figures
    assert figure.get_suptitle() == "insects: 3 mistakes in 6 test images, the worst first"
    # Logits 4, 0, 0 give e^4 / (e^4 + 2) = 96%; 2 gives 79%, 1 gives 58%.
    assert [axes.get_title() for axes in figure.axes] == [
        "cat (2%), classified\nas bee (96%)",
        "bee (11%), classified\nas ant (79%)",
        "bee (21%), classified\nas ant (58%)",
    ]


def test_at_most_25_mistakes_are_shown_and_all_are_counted(figures):
    data = make_images([0] * 30)
    draw_worst_mistakes(data, make_logits([1] * 30, list(range(1, 31))), None)
    (figure,) = figures
    assert len(figure.axes) == 25
    assert figure.get_suptitle().startswith("insects: 30 mistakes in 30")


def test_without_a_mistake_the_figure_says_so(figures):
    draw_worst_mistakes(make_images([0, 1]), make_logits([0, 1], [9, 9]), None)
    assert figures[0].get_suptitle().startswith("insects: 0 mistakes in 2")
    assert figures[0].axes == []


@pytest.mark.parametrize(
    "names",
    [
        ("ant", "bee", "cat"),
        ("$\\frac$", "蜂", "$"),
        ("b\udce9b\udce9", "two\nlines", "long" * 60),  # a name in Latin-1, read as UTF-8
        tuple(str(number) for number in range(50)),
    ],
)
@pytest.mark.parametrize("channels", [1, 3])
def test_figures_are_drawn_with_any_names_of_classes(tmp_path, names, channels):
    data = make_images([0, 2], names, channels)
    network = nn.Sequential(nn.Flatten(), nn.Linear(4 * channels, len(names)))
    paths = Classify("mlp").draw_figures(network, data, CPU, tmp_path)
    assert paths == [tmp_path / "confusion_matrix.png", tmp_path / "worst_mistakes.png"]
    for path in paths:
        with Image.open(path) as image:
            assert min(image.size) >= 200
