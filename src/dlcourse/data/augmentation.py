"""Augmentation: random changes to the images of a batch that leave their class as it is.

Each function works on the device of the images. It draws random numbers from a generator on the
CPU, by default torch's own, so that every device sees the same change.
Shapes: (batch, channels, height, width), bytes or floats -> the same.
"""

import torch
import torch.nn.functional as F
from torch import Generator, Tensor


def shift(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Move by up to an eighth of the side, up or down and left or right; 0 fills the gap.

    Source: He, Zhang, Ren, Sun (2015), Deep residual learning for image recognition, section 4.2.
    """
    num_images, _, height, width = images.shape
    down = height // 8
    right = width // 8
    padded = F.pad(images, (right, right, down, down))

    # All windows of the original size: (batch, channels, row, column, height, width).
    windows = padded.unfold(2, height, 1).unfold(3, width, 1)
    row = torch.randint(2 * down + 1, (num_images,), generator=generator)
    column = torch.randint(2 * right + 1, (num_images,), generator=generator)
    return windows[torch.arange(num_images), :, row, column]


def crop(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Cut a part with 0.7 to 1 of both sides from anywhere, and scale it to the full size.

    Source: Szegedy and others (2014), Going deeper with convolutions, section 6, with gentler
        limits.
    """
    num_images = len(images)
    share = 0.7 + 0.3 * torch.rand(num_images, generator=generator)
    # The middle of the part, in coordinates that are -1 and 1 at the sides of the image.
    direction = 2 * torch.rand(2, num_images, generator=generator) - 1
    middle_x, middle_y = (1 - share) * direction

    # A pixel at (x, y) comes from (share * x + middle_x, share * y + middle_y).
    zero = torch.zeros_like(share)
    rows = [share, zero, middle_x, zero, share, middle_y]
    transforms = torch.stack(rows, dim=1).view(num_images, 2, 3)
    transforms = transforms.to(images.device)

    places = F.affine_grid(transforms, list(images.shape), align_corners=False)
    cropped = F.grid_sample(images.float(), places, padding_mode="border", align_corners=False)
    return cropped.to(images.dtype)


def flip(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Mirror half of the images, left to right; not for digits and letters."""
    chances = torch.rand(len(images), 1, 1, 1, generator=generator)
    is_flipped = (chances < 0.5).to(images.device)
    return torch.where(is_flipped, images.flip(3), images)


def cutout(images: Tensor, generator: Generator | None = None) -> Tensor:
    """Set a rectangle of half the height and half the width to 0; its center can be anywhere.

    Source: DeVries, Taylor (2017), Improved regularization of convolutional neural networks with
        cutout.
    """
    num_images, _, height, width = images.shape
    middle_row = torch.randint(height, (num_images, 1, 1, 1), generator=generator)
    middle_column = torch.randint(width, (num_images, 1, 1, 1), generator=generator)

    rows = torch.arange(height).view(1, 1, height, 1)
    columns = torch.arange(width).view(1, 1, 1, width)
    is_cut_row = _is_near(rows, middle_row, height // 4)  # (batch, 1, height, 1)
    is_cut_column = _is_near(columns, middle_column, width // 4)  # (batch, 1, 1, width)
    is_cut = is_cut_row & is_cut_column  # (batch, 1, height, width)
    return images.masked_fill(is_cut.to(images.device), 0)


def _is_near(places: Tensor, middle: Tensor, reach: int) -> Tensor:
    distance = places - middle
    return (distance >= -reach) & (distance < reach)


AUGMENTATIONS = {"shift": shift, "crop": crop, "flip": flip, "cutout": cutout}
