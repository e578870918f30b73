"""Augmentation: the pictures of a batch, changed at random on their device, so that the class stays as it is.

Each function draws from a generator on the CPU, torch's own unless given: every device sees the same change.
Shapes: (batch, channels, height, width), bytes or floats -> the same.
"""

import torch
import torch.nn.functional as F
from torch import Generator, Tensor


def shift(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Move by up to an eighth of the side, up or down and left or right; 0 fills the gap.

    Source: He, Zhang, Ren, Sun (2015), Deep residual learning for image recognition, section 4.2.
    """
    count, _, height, width = images.shape
    down, right = height // 8, width // 8
    padded = F.pad(images, (right, right, down, down))
    windows = padded.unfold(2, height, 1).unfold(
        3, width, 1
    )  # (batch, channels, row, column, height, width)
    row = torch.randint(2 * down + 1, (count,), generator=generator)
    column = torch.randint(2 * right + 1, (count,), generator=generator)
    return windows[torch.arange(count), :, row, column]


def crop(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Cut a square or rectangle with 0.7 to 1 of both sides from anywhere, and scale it to the full size.

    Source: Szegedy and others (2014), Going deeper with convolutions, section 6, with gentler limits.
    """
    share = 0.7 + 0.3 * torch.rand(len(images), generator=generator)
    middle = (1 - share) * (
        2 * torch.rand(2, len(images), generator=generator) - 1
    )  # sides are -1 and 1
    zero = torch.zeros_like(share)
    corners = torch.stack([share, zero, middle[0], zero, share, middle[1]], dim=1).view(-1, 2, 3)
    places = F.affine_grid(corners.to(images.device), list(images.shape), align_corners=False)
    cropped = F.grid_sample(images.float(), places, padding_mode="border", align_corners=False)
    return cropped.to(images.dtype)


def flip(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Mirror half of the pictures, left to right; not for digits and letters."""
    is_flipped = torch.rand(len(images), 1, 1, 1, generator=generator) < 0.5
    return torch.where(is_flipped.to(images.device), images.flip(3), images)


def cutout(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Put 0 into a rectangle of half the height and half the width; its middle is anywhere.

    Source: DeVries, Taylor (2017), Improved regularization of convolutional neural networks with cutout.
    """
    count, _, height, width = images.shape
    is_cut = torch.ones(1, dtype=torch.bool)
    for size, shape in ((height, (1, 1, -1, 1)), (width, (1, 1, 1, -1))):
        distance = torch.arange(size).view(shape) - torch.randint(
            size, (count, 1, 1, 1), generator=generator
        )
        is_cut = is_cut & (distance >= -(size // 4)) & (distance < size // 4)
    return images.masked_fill(is_cut.to(images.device), 0)


AUGMENTATIONS = {"shift": shift, "crop": crop, "flip": flip, "cutout": cutout}
