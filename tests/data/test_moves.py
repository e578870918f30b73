"""Moved images keep their size, lose what leaves them, and get zeros for what comes in."""

import pytest
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move, move_four_ways

IMAGE = torch.tensor([[1, 2, 3], [4, 5, 6]])  # (height, width)


@pytest.mark.parametrize(
    ("down", "right", "moved"),
    [
        (0, 0, [[1, 2, 3], [4, 5, 6]]),
        (1, 0, [[0, 0, 0], [1, 2, 3]]),
        (-1, 0, [[4, 5, 6], [0, 0, 0]]),
        (0, 1, [[0, 1, 2], [0, 4, 5]]),
        (0, -1, [[2, 3, 0], [5, 6, 0]]),
        (-1, 2, [[0, 0, 4], [0, 0, 0]]),
        (0, 3, [[0, 0, 0], [0, 0, 0]]),  # all of it has left
    ],
)
@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32, torch.float64])
def test_what_comes_in_is_zero_and_what_leaves_is_lost(down, right, moved, dtype):
    images = IMAGE.to(dtype).expand(2, 1, 2, 3)
    result = move(images, down=down, right=right)
    assert result.dtype == dtype
    assert result.tolist() == [[moved]] * 2


def test_four_ways_are_up_down_left_and_right():
    images = IMAGE.expand(1, 1, 2, 3)
    ways = move_four_ways(images)
    expected = [move(images, down=-1), move(images, 1), move(images, 0, -1), move(images, right=1)]
    assert ways.tolist() == torch.stack(expected).tolist()


def test_nothing_comes_back_on_the_other_side():
    # Every digit has ink in its first or in its last row, so a move that wraps around would keep
    # all ink, and this one cannot.
    images = load_digits().test.images
    ink = images.sum(dtype=torch.int64)
    up, down, left, right = move_four_ways(images)
    assert ink - up.sum(dtype=torch.int64) == images[..., 0, :].sum(dtype=torch.int64)
    assert ink - down.sum(dtype=torch.int64) == images[..., -1, :].sum(dtype=torch.int64)
    assert ink - left.sum(dtype=torch.int64) == images[..., 0].sum(dtype=torch.int64)
    assert ink - right.sum(dtype=torch.int64) == images[..., -1].sum(dtype=torch.int64)
    assert up.sum(dtype=torch.int64) < ink
