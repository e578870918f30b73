"""The same small images in other forms: moved, one after another, or as points in any order."""

import torch
from torch import Tensor


def place_anywhere(images: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Put each image at a random place of a larger empty page.

    Shapes: (batch, height, width) -> (batch, side, side).
    """
    height, width = images.shape[1:]
    pages = torch.zeros(len(images), side, side)
    for page, image in zip(pages, images, strict=True):
        row = int(torch.randint(side - height + 1, (), generator=generator))
        column = int(torch.randint(side - width + 1, (), generator=generator))
        page[row : row + height, column : column + width] = image
    return pages


def put_one_before(images: Tensor, num_steps: int, generator: torch.Generator) -> Tensor:
    """Return a sequence for each image: the rows of another image, then its own, with empty steps.

    Empty steps, of zeros, are at random places before, between and after the two images. The other
    image is drawn from the same batch.

    Shapes: (batch, height, width) -> (batch, num_steps, width), num_steps at least 2 * height.
    """
    height, width = images.shape[1:]
    others = torch.randperm(len(images), generator=generator)
    sequences = torch.zeros(len(images), num_steps, width)
    for sequence, image, other in zip(sequences, images, images[others], strict=True):
        start = int(torch.randint(height, num_steps - height + 1, (), generator=generator))
        other_start = int(torch.randint(start - height + 1, (), generator=generator))
        sequence[other_start : other_start + height] = other
        sequence[start : start + height] = image
    return sequences


def to_points(images: Tensor, num_points: int, generator: torch.Generator) -> Tensor:
    """Return the brightest pixels of each image as points, in a random order.

    A point is the one-hot code of its row, followed by that of its column, times its brightness.

    Shapes: (batch, height, width) -> (batch, num_points, height + width).
    """
    height, width = images.shape[1:]
    points = torch.zeros(len(images), num_points, height + width)
    for point, image in zip(points, images.flatten(1), strict=True):
        brightest = image.argsort(descending=True, stable=True)[:num_points]
        places = brightest[torch.randperm(num_points, generator=generator)]
        numbers = torch.arange(num_points)
        point[numbers, places // width] = image[places]
        point[numbers, height + places % width] = image[places]
    return points
