"""Images in other forms keep their pixels, and what is drawn at random is really drawn."""

import pytest
import torch

from dlcourse.data.forms import place_anywhere, put_one_before, to_points


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def images(generator):
    """Images of 3 x 4 pixels that all differ and are above zero."""
    return torch.rand(300, 3, 4, generator=generator) + 0.1


def test_each_image_lies_whole_at_every_place_of_the_page(images, generator):
    corners = set()
    for page, image in zip(place_anywhere(images, 6, generator), images, strict=True):
        (row, column), *_ = page.nonzero().tolist()  # the first pixel with ink is the corner
        corners.add((row, column))
        assert torch.equal(page[row : row + 3, column : column + 4], image)
        assert page.count_nonzero() == image.numel()
    assert len(corners) == 4 * 3  # 300 draws leave one of them out once in 10^10 tries


def test_an_image_follows_another_one_after_empty_steps(images, generator):
    starts = set()
    sequences = put_one_before(images, 8, generator)
    for sequence, image in zip(sequences, images, strict=True):
        has_ink = sequence.any(dim=1).nonzero().flatten().tolist()
        assert len(has_ink) == 6
        first = sequence[has_ink[:3]]
        assert (images == first).all(dim=(1, 2)).any()
        assert torch.equal(sequence[has_ink[3:]], image)
        assert has_ink[2] - has_ink[0] == has_ink[5] - has_ink[3] == 2
        starts.add((has_ink[0], has_ink[3]))
    assert starts == {(0, 3), (0, 4), (1, 4), (0, 5), (1, 5), (2, 5)}


def test_points_are_the_brightest_pixels_in_an_order_of_their_own(images, generator):
    points = to_points(images, 5, generator)
    assert points.shape == (300, 5, 7)
    orders = set()
    for one, image in zip(points, images, strict=True):
        rows = one[:, :3].argmax(dim=1)
        columns = one[:, 3:].argmax(dim=1)
        brightness = image[rows, columns]
        assert torch.equal(one[:, :3].sum(dim=1), brightness)
        assert torch.equal(one[:, 3:].sum(dim=1), brightness)
        assert (one.count_nonzero(dim=1) == 2).all()
        assert torch.equal(brightness.sort().values, image.flatten().sort().values[-5:])
        orders.add(tuple(brightness.argsort().tolist()))
    assert len(orders) > 60  # of 120
