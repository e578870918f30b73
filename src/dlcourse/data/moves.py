"""Move images by whole pixels. Zeros fill the gap, and what leaves the image is lost."""

import torch
import torch.nn.functional as F
from torch import Tensor


def move(images: Tensor, down: int = 0, right: int = 0) -> Tensor:
    """Move every image by some pixels; negative numbers move up and left.

    Shapes: (..., height, width), bytes or floats -> the same.
    """
    return F.pad(images, (right, -right, down, -down))  # a negative padding cuts off


def move_four_ways(images: Tensor) -> Tensor:
    """Return the images four times, moved by one pixel up, down, left and right.

    Shapes: (batch, channels, height, width) -> (4, batch, channels, height, width).
    """
    up = move(images, down=-1)
    down = move(images, down=1)
    left = move(images, right=-1)
    right = move(images, right=1)
    return torch.stack([up, down, left, right])
