import numpy as np
import pytest
import torch

from dlcourse.data import scenes
from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.data.scenes import (
    BACKGROUND,
    DIGIT_SIDES,
    LEAST_INK,
    MOST_SHARED,
    NOTHING,
    NUM_DIGITS,
    SceneBatches,
    compose,
    cut_ink,
    draw_boxes,
    load_scene_set,
    share_area,
)

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def composed():
    """Return 300 scenes of the test digits."""
    return compose(load_digits().test, 16, 300, seed=0)


def objects_of(scenes, number):
    """Return the objects of a scene as lists (class, left, top, right, bottom)."""
    return [one for one in scenes.objects[number].tolist() if one[0] != NOTHING]


def test_scenes_have_these_shapes_and_types(composed):
    assert composed.images.shape == (300, 1, 32, 32)
    assert composed.masks.shape == (300, 32, 32)
    assert composed.objects.shape == (300, 3, 5)
    assert composed.images.dtype == composed.masks.dtype == torch.uint8
    assert len(composed) == 300


def test_a_tenth_of_the_scenes_is_empty_and_the_others_have_up_to_three_digits(composed):
    counts = (composed.objects[:, :, 0] != NOTHING).sum(dim=1)
    shares = counts.bincount(minlength=4) / 300
    expected = torch.tensor([NUM_DIGITS.count(number) / 10 for number in range(4)])
    # Three standard errors; a third digit finds no place now and then.
    torch.testing.assert_close(shares, expected, rtol=0, atol=0.08)


def test_boxes_are_squares_inside_the_scene_that_hardly_overlap(composed):
    for number in range(300):
        boxes = [one[1:] for one in objects_of(composed, number)]
        for place, (left, top, right, bottom) in enumerate(boxes):
            assert right - left == bottom - top
            assert right - left in DIGIT_SIDES
            assert min(left, top) >= 0
            assert max(right, bottom) <= 32
            assert all(share_area(boxes[place], one) <= MOST_SHARED for one in boxes[:place])


def test_a_box_is_the_square_around_the_ink_of_its_digit(composed):
    num_checked = 0
    for number in range(300):
        objects = objects_of(composed, number)
        if len(objects) != 1:
            continue
        label, left, top, right, bottom = objects[0]
        rows, columns = (composed.masks[number] == label).nonzero(as_tuple=True)
        height = int(rows.max() - rows.min()) + 1
        width = int(columns.max() - columns.min()) + 1
        # Resizing may blur the outermost row or column below the least ink, on each side.
        assert right - left - 2 <= max(height, width) <= right - left
        assert top <= rows.min() <= rows.max() < bottom
        assert left <= columns.min() <= columns.max() < right
        num_checked += 1
    assert num_checked > 50


def test_a_pixel_with_ink_has_the_class_of_a_digit_and_any_other_none(composed):
    has_ink = composed.images[:, 0] >= LEAST_INK
    assert torch.equal(composed.masks != BACKGROUND, has_ink)
    for number in range(50):
        classes = set(composed.masks[number].unique().tolist()) - {BACKGROUND}
        assert classes == {one[0] for one in objects_of(composed, number)}


def test_outside_all_boxes_a_scene_is_black(composed):
    for number in range(50):
        image = composed.images[number, 0].clone()
        for _, left, top, right, bottom in objects_of(composed, number):
            image[top:bottom, left:right] = 0
        assert not image.any()


def test_where_digits_share_pixels_the_brighter_one_is_seen(monkeypatch):
    monkeypatch.setattr(scenes, "draw_boxes", lambda *_: [[0, 0, 8, 8], [0, 0, 8, 8]])
    bright = torch.full((1, 8, 8), 16, dtype=torch.uint8)
    half = torch.full((1, 8, 8), 8, dtype=torch.uint8)
    digits = Split(torch.stack([bright, half]), torch.tensor([3, 7]))
    composed = compose(digits, 16, 20, seed=0)
    for number in range(20):
        classes = composed.objects[number, :2, 0].tolist()
        brightest = 3 if 3 in classes else 7
        assert set(composed.masks[number, :8, :8].unique().tolist()) == {brightest}


def test_the_same_seed_gives_the_same_scenes():
    digits = load_digits().test
    first, again, other = (compose(digits, 16, 20, seed) for seed in (1, 1, 2))
    for name in ("images", "masks", "objects"):
        assert torch.equal(getattr(first, name), getattr(again, name))
        assert not torch.equal(getattr(first, name), getattr(other, name))


def test_what_finds_no_place_is_left_out(monkeypatch):
    monkeypatch.setattr(scenes, "DIGIT_SIDES", [32])
    assert draw_boxes(np.random.RandomState(0), 3) == [[0, 0, 32, 32]]
    assert draw_boxes(np.random.RandomState(0), 0) == []


def test_the_shared_area_is_measured_by_the_smaller_square():
    assert share_area([0, 0, 10, 10], [5, 5, 10, 10]) == 1
    assert share_area([0, 0, 10, 10], [8, 0, 16, 8]) == 16 / 64
    assert share_area([0, 0, 10, 10], [10, 0, 20, 10]) == 0
    assert share_area([0, 0, 10, 10], [20, 20, 28, 28]) == 0  # two negative sides are no area


@pytest.mark.parametrize(("height", "width"), [(6, 2), (2, 6), (6, 3), (1, 1)])
def test_the_ink_is_cut_to_a_square_around_its_middle(height, width):
    image = torch.zeros(9, 9)
    image[2 : 2 + height, 1 : 1 + width] = 1
    longest = max(height, width)
    square = cut_ink(image, longest)  # the same size: no pixel is changed
    rows, columns = (square == 255).nonzero(as_tuple=True)
    assert len(rows) == height * width
    assert rows.min() == (longest - height) // 2
    assert columns.min() == (longest - width) // 2
    assert cut_ink(image, 12).shape == (12, 12)


# The data sets


@pytest.fixture(scope="module")
def data():
    """Return the default data set."""
    return load_scene_set("scenes")


def test_the_splits_have_their_sizes_and_a_checksum(data):
    sizes = [len(data.train), len(data.validation), len(data.test)]
    assert sizes == [4000, 500, 1000]
    assert len(data.digest) == 64
    assert data.name == "scenes"
    assert data.source.startswith("composed of digits: from the package")


def test_a_split_is_composed_of_the_digits_of_that_split(monkeypatch):
    given = []
    digits = load_digits()

    def note(split, max_value, count, seed):
        given.append((split, max_value, count, seed))
        return compose(split, max_value, 2, seed)

    monkeypatch.setattr(scenes, "compose", note)
    monkeypatch.setattr(scenes, "load_digits", lambda: digits)
    load_scene_set("scenes")
    assert [one[0] for one in given] == [digits.train, digits.validation, digits.test]
    assert [one[1:] for one in given] == [(16, 4000, 0), (16, 500, 1), (16, 1000, 2)]


def test_the_scenes_of_mnist_are_made_of_its_digits(monkeypatch, tmp_path):
    folders = []
    digits = load_digits()

    def load(data_dir):
        folders.append(data_dir)
        return digits

    monkeypatch.setattr(scenes, "load_mnist", load)
    monkeypatch.setattr(scenes, "COUNTS", {"train": 1, "validation": 1, "test": 1})
    assert load_scene_set("mnist-scenes", tmp_path).name == "mnist-scenes"
    assert folders == [tmp_path]


# Batches


def test_batches_keep_each_scene_with_its_targets(composed):
    generator = torch.Generator().manual_seed(0)
    batches = SceneBatches(composed.images, composed.masks, 128, device=CPU, generator=generator)
    assert len(batches) == 3
    sizes = []
    for images, masks in batches:
        assert images.dtype == torch.float32
        assert masks.dtype == torch.int64
        assert torch.equal(images[:, 0] >= (LEAST_INK - 0.5) / 255, masks != BACKGROUND)
        sizes.append(len(images))
    assert sizes == [128, 128, 44]


def test_without_a_generator_the_scenes_keep_their_order(composed):
    batches = SceneBatches(composed.images, composed.objects, 200, device=CPU)
    assert torch.equal(torch.cat([objects for _, objects in batches]), composed.objects)
    assert batches.place == "0.3 MiB of 32 x 32 pixels kept in memory"
