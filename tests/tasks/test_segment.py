import math

import pytest
import torch
import torch.nn.functional as F

from dlcourse.data import scenes
from dlcourse.data.catalog import SCENES
from dlcourse.tasks.segment import RECIPES, Segment, count_pixels

ABOUT = {"image_shape": [1, 32, 32], "class_names": list("0123456789")}
IMAGES = torch.zeros(2, 1, 2, 2)
MASKS = torch.tensor([[[0, 0], [2, 2]], [[1, 2], [2, 2]]])
PREDICTED = torch.tensor([[[0, 2], [2, 2]], [[1, 1], [2, 2]]])


@pytest.fixture(scope="module")
def family():
    return Segment("segmenter")


def predict(images):
    """Stand in for a network: logits of 4 for the predicted class of four, of 0 for the others."""
    return 4.0 * F.one_hot(PREDICTED[: len(images)], 4).movedim(-1, 1)


def predict_second(images):
    """Stand in for a network as predict does, for the second image."""
    return predict(IMAGES)[1:]


def figures_of(family, network, *batches):
    """Return the figures of several batches, with their sums added up."""
    sums = {}
    for batch in batches:
        for name, (total, divisor) in family.measure(network, batch).items():
            before = sums.get(name, (0, 0))
            total = torch.as_tensor(total).double()
            divisor = torch.as_tensor(divisor).double()
            sums[name] = (before[0] + total, before[1] + divisor)
    return family.figures(sums)


def test_mean_iou_is_that_of_all_pixels_together(family):
    # In both and in either: class 0 has 1 of 2 pixels, 1 has 1 of 2, 2 has 4 of 6; 3 is nowhere.
    figures = figures_of(family, predict, (IMAGES, MASKS))
    assert figures["mean_iou"] == pytest.approx((1 / 2 + 1 / 2 + 4 / 6) / 3)
    likely = math.log(1 + 3 * math.exp(-4))  # the cross entropy of a pixel that is right
    assert figures["loss"] == pytest.approx((6 * likely + 2 * (likely + 4)) / 8)


def test_a_class_that_is_only_predicted_counts_with_0(family):
    masks = torch.zeros(1, 2, 2, dtype=torch.long)
    # In both and in either: class 0 has 1 of 4, class 2 has 0 of 3.
    assert figures_of(family, predict, (IMAGES[:1], masks))["mean_iou"] == pytest.approx(1 / 8)


def test_sums_of_batches_add_up_where_their_means_do_not(family):
    whole = figures_of(family, predict, (IMAGES, MASKS))
    sums = []
    for network, part in ((predict, slice(0, 1)), (predict_second, slice(1, 2))):
        sums.append(family.measure(network, (IMAGES[part], MASKS[part])))
    added = {}
    for name in ("loss", "mean_iou"):
        total = torch.as_tensor(sums[0][name][0] + sums[1][name][0]).double()
        divisor = torch.as_tensor(sums[0][name][1] + sums[1][name][1]).double()
        added[name] = (total, divisor)
    assert family.figures(added) == pytest.approx(whole)
    means = [figures_of(family, predict, (IMAGES[:1], MASKS[:1]))["mean_iou"]]
    means.append(figures_of(family, predict_second, (IMAGES[1:], MASKS[1:]))["mean_iou"])
    assert sum(means) / 2 != pytest.approx(whole["mean_iou"], abs=0.01)


def test_the_loss_is_the_mean_over_pixels_and_scenes(family):
    batch = (IMAGES, MASKS)
    first = family.loss(predict, (IMAGES[:1], MASKS[:1]))
    second = family.loss(predict_second, (IMAGES[1:], MASKS[1:]))
    assert family.loss(predict, batch).item() == pytest.approx((first + second).item() / 2)
    assert family.divisor(batch) == 2


def test_a_scene_without_digits_is_all_background(family):
    torch.manual_seed(0)
    network = family.build(ABOUT)
    images = torch.zeros(2, 1, 32, 32)
    masks = torch.full((2, 32, 32), 10)
    loss = family.loss(network, (images, masks))
    loss.backward()
    assert loss.isfinite()
    figures = figures_of(family, network.eval(), (images, masks))
    assert 0 <= figures["mean_iou"] <= 1


def test_there_is_a_class_more_than_digits_for_the_background(family):
    assert family.count_classes(ABOUT) == 11
    assert family.build(ABOUT)(torch.zeros(1, 1, 32, 32)).shape == (1, 11, 32, 32)


def test_pixels_are_counted_by_class():
    assert count_pixels(MASKS, 4).tolist() == [2, 1, 5, 0]


def test_batches_have_the_masks(family, monkeypatch):
    monkeypatch.setattr(scenes, "COUNTS", {"train": 4, "validation": 2, "test": 3})
    data = family.load("scenes")
    ((images, masks),) = family.make_batches(data, "test", torch.device("cpu"))
    assert images.shape == (3, 1, 32, 32)
    assert torch.equal(masks, data.test.masks.long())


def test_the_figure_shows_the_class_of_each_pixel(family, monkeypatch, tmp_path):
    drawn = []
    monkeypatch.setattr(
        "dlcourse.tasks.scene_figures.draw_found",
        lambda images, names, path, **found: drawn.append((path, found)),
    )
    monkeypatch.setattr(scenes, "COUNTS", {"train": 1, "validation": 1, "test": 20})
    torch.manual_seed(0)
    network = family.build(ABOUT).eval()
    data = family.load("scenes")
    paths = family.draw_figures(network, data, torch.device("cpu"), tmp_path)
    ((path, found),) = drawn
    assert paths == [path] == [tmp_path / "segmentations.png"]
    assert found["masks"].shape == (12, 32, 32)


def test_there_is_a_recipe_for_each_data_set():
    assert set(RECIPES) == {("segmenter", name) for name in SCENES}
