"""Images that stay in their files, for data sets that do not fit into memory."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from dlcourse.data.images import read_photo


@dataclass(frozen=True)
class ImageFiles:
    """Images that stay in their files until they are needed; in a Split they replace the tensor.

    Shapes: (N, channels, side, side).
    """

    paths: Sequence[Path]
    channels: int
    side: int
    white: float | None = None  # the value of white in grays of more than 8 bits
    dtype = torch.uint8

    @property
    def shape(self) -> torch.Size:
        """The shape that a tensor of all images would have."""
        return torch.Size([len(self.paths), self.channels, self.side, self.side])

    def index_select(self, dim: int, chosen: Tensor) -> Tensor:
        """Decode the images with these numbers; dim is there as in Tensor.index_select.

        Raises: DataError for a file that is gone or damaged.
        """
        _, *image_shape = self.shape
        images = torch.empty(len(chosen), *image_shape, dtype=self.dtype)
        for place, number in enumerate(chosen.tolist()):
            path = self.paths[number]
            images[place] = read_photo(path, self.channels, self.side, self.white)
        return images

    def __getitem__(self, numbers: Sequence[int]) -> "ImageFiles":
        """Return the files with these numbers, not decoded."""
        return dataclasses.replace(self, paths=[self.paths[number] for number in numbers])
