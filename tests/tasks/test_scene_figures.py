import pytest
import torch
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from dlcourse.tasks.scene_figures import COLORS, draw_boxes, draw_found, draw_scene, name_found

IMAGES = torch.randint(256, (5, 1, 32, 32), dtype=torch.uint8)


@pytest.fixture
def axes():
    return Figure().add_subplot()


def test_a_scene_is_gray(axes):
    draw_scene(axes, IMAGES[0])
    shown = axes.images[0].get_array()
    for channel in range(3):
        assert (shown[:, :, channel] * 255).round().tolist() == IMAGES[0, 0].tolist()


def test_pixels_of_a_mask_have_the_colors_of_their_classes(axes):
    mask = torch.full((32, 32), 10)
    mask[3, 4] = 7
    draw_scene(axes, IMAGES[0], mask)
    shown = axes.images[0].get_array()
    assert tuple(shown[3, 4]) == pytest.approx(COLORS[7])
    assert shown[0, 0, 0] * 255 == pytest.approx(int(IMAGES[0, 0, 0, 0]))


def test_a_box_is_drawn_around_its_pixels_with_its_label(axes):
    boxes = torch.tensor([[4.0, 6.0, 12.0, 16.0]])
    draw_boxes(axes, torch.tensor([2]), boxes, ["two"])
    (box,) = axes.patches
    assert box.get_bbox().bounds == (3.5, 5.5, 8, 10)  # pixel 4 goes from 3.5 to 4.5
    assert to_rgb(box.get_edgecolor()) == pytest.approx(COLORS[2])
    assert [text.get_text() for text in axes.texts] == ["two"]


def test_names_have_the_score_in_percent():
    names = name_found(torch.tensor([1, 0]), torch.tensor([0.876, 1.0]), ["zero", "one"])
    assert names == ["one (88%)", "zero (100%)"]


def test_only_objects_that_are_likely_are_drawn(monkeypatch, tmp_path):
    figures = []
    monkeypatch.setattr(
        "dlcourse.tasks.scene_figures.save_figure", lambda figure, path: figures.append(figure)
    )
    classes = torch.zeros(5, 8, dtype=torch.long)
    scores = torch.full((5, 8), 0.49)
    scores[0, :2] = torch.tensor([0.9, 0.5])
    boxes = torch.rand(5, 8, 4)
    draw_found(IMAGES, list("0123456789"), tmp_path / "x.png", found=(classes, scores, boxes))
    counts = [len(axes.patches) for axes in figures[0].axes]
    assert counts == [2, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", ["found", "masks"])
def test_a_figure_is_saved(kind, tmp_path):
    found = (torch.zeros(5, 8, dtype=torch.long), torch.ones(5, 8), torch.rand(5, 8, 4) * 32)
    parts = {"found": found, "masks": torch.randint(11, (5, 32, 32))}
    path = tmp_path / "figure.png"
    draw_found(IMAGES, list("0123456789"), path, **{kind: parts[kind]})
    with Image.open(path) as image:
        assert image.width > 500
