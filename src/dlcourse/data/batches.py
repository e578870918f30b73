"""A data set as tensors, and mini-batches of it that are made on the device."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from dlcourse.data.augmentation import AUGMENTATIONS

VALUES_AT_ONCE = 2**19  # 2 MiB of floats; many small batches made in one go take a tenth off a digits step


@dataclass(frozen=True, eq=False)
class Split:
    """Pictures and their labels.

    Shapes: images (N, channels, height, width), uint8; labels (N,), int64.
    Raises: ValueError for other shapes or types, or when the counts differ.
    """

    images: Tensor
    labels: Tensor

    def __post_init__(self) -> None:
        images, labels = self.images, self.labels
        if images.dtype != torch.uint8 or images.dim() != 4:
            raise ValueError(f"images must be uint8 (N, C, H, W), got {images.dtype} {tuple(images.shape)}")
        if labels.dtype != torch.int64 or labels.dim() != 1:
            raise ValueError(f"labels must be int64 (N,), got {labels.dtype} {tuple(labels.shape)}")
        if len(images) != len(labels):
            raise ValueError(f"each image needs one label, got {len(images)} images and {len(labels)} labels")

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Framing:
    """How a data set's drawings lie in their square, so that a new drawing can be laid in the same way.

    Raises: ValueError for shares outside (0, 1] or another centre.
    """

    height: float  # share of the square's height that the ink fills at most
    width: float  # the same for its width
    keeps_aspect: bool  # False: the ink is stretched until it fills both
    removes_slant: bool
    least_ink: float  # share of the rectangle around the ink that is ink; thinner strokes are widened
    centre: Literal["mass", "box"]  # in the middle lies the ink's centre of mass, or its rectangle's centre

    def __post_init__(self) -> None:
        if not (0 < self.height <= 1 and 0 < self.width <= 1):
            raise ValueError(f"height and width must be shares in (0, 1], got {self.height} and {self.width}")
        if not 0 <= self.least_ink < 1:
            raise ValueError(f"least_ink must be a share in [0, 1), got {self.least_ink}")
        if self.centre not in ("mass", "box"):
            raise ValueError(f"centre must be 'mass' or 'box', got {self.centre!r}")


@dataclass(frozen=True, eq=False)
class ImageData:
    """A data set of pictures with its three fixed splits; pixels go from 0 to max_value.

    Photographs have no framing: they fill their square.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    class_names: tuple[str, ...]
    max_value: int
    framing: Framing | None


class Batches:
    """Mini-batches of a split, made on the device from uint8 pictures that stay there.

    Every pass yields pairs (images, labels). With a generator each pass draws a new order from it; without
    one the order is that of the split. The last batch holds what is left. augment names what is done to the
    pictures of each batch, such as "shift,flip": see data.augmentation.

    Shapes: images (batch, channels, height, width), float32 in [0, 1]; labels (batch,), int64.
    Raises: ValueError when batch_size is below 1, the split is empty or the generator is not on the CPU.
    """

    def __init__(
        self,
        split: Split,
        batch_size: int,
        *,
        max_value: int,
        device: torch.device,
        generator: torch.Generator | None = None,
        augment: str = "",
    ):
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        if len(split) == 0:
            raise ValueError("the split has no pictures")
        if generator is not None and generator.device.type != "cpu":
            raise ValueError(f"generator must be on the cpu, got one on {generator.device}")
        self.images = split.images.to(device)  # as bytes: a quarter of the memory, and of what a step reads
        self.labels = split.labels.to(device)
        self.batch_size = batch_size
        self.max_value = max_value
        self.generator = generator
        self.changes = [AUGMENTATIONS[name] for name in augment.split(",") if name]

    @property
    def num_examples(self) -> int:
        """How many pictures a pass goes through."""
        return len(self.labels)

    def __len__(self) -> int:
        return math.ceil(self.num_examples / self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        if self.generator is None:
            order = torch.arange(self.num_examples)
        else:  # drawn on the CPU, so that every device sees the same order
            order = torch.randperm(self.num_examples, generator=self.generator)
        batches_at_once = max(1, VALUES_AT_ONCE // (self.batch_size * self.images[0].numel()))
        for chosen in order.to(self.labels.device).split(batches_at_once * self.batch_size):
            images = self.images.index_select(0, chosen).float().div_(self.max_value)
            labels = self.labels.index_select(0, chosen)
            for batch in zip(images.split(self.batch_size), labels.split(self.batch_size), strict=True):
                yield self._augment(batch[0]), batch[1]

    def _augment(self, images: Tensor) -> Tensor:
        for change in self.changes:
            images = change(images, self.generator)
        return images


def hold_out(split: Split, share: float, seed: int) -> tuple[Split, Split]:
    """Divide a split in two, (rest, held out), so that every class gives the same share of its pictures.

    The choice depends on the labels and the seed alone. Both parts keep the order of the split.
    """
    random = np.random.RandomState(seed)  # NumPy promises that its stream never changes (NEP 19)
    labels = split.labels.numpy()
    is_held_out = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        is_held_out[members[: round(share * len(members))]] = True
    held_out = torch.from_numpy(is_held_out)
    return (
        Split(split.images[~held_out], split.labels[~held_out]),
        Split(split.images[held_out], split.labels[held_out]),
    )
