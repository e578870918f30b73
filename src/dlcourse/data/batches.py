"""A data set as tensors, and mini-batches of it that are made on the device."""

import contextlib
import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
import torch
from torch import Tensor

from dlcourse.data.augmentation import AUGMENTATIONS

THREADS = min(8, os.cpu_count() or 1)  # that decode pictures
VALUES_AT_ONCE = (
    2**19
)  # 2 MiB of floats; many small batches made in one go take a tenth off a digits step
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True)
class PictureFiles:
    """Pictures that stay in their files until they are asked for; they stand in for their tensor in a Split.

    Shapes: (N, channels, side, side).
    """

    paths: Sequence[Path]
    channels: int
    side: int
    dtype = torch.uint8

    @property
    def shape(self) -> torch.Size:
        """The shape that their tensor would have."""
        return torch.Size([len(self.paths), self.channels, self.side, self.side])

    def index_select(self, dim: int, chosen: Tensor) -> Tensor:
        """Decode pictures by their numbers; raises DataError for a file that is gone or damaged."""
        from dlcourse.data.images import read_photo  # Pillow, which other data does without

        images = torch.empty(len(chosen), *self.shape[1:], dtype=self.dtype)
        for place, number in enumerate(chosen.tolist()):
            images[place] = read_photo(self.paths[number], self.channels, self.side)
        return images


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
        if images.dtype != torch.uint8 or len(images.shape) != 4:
            raise ValueError(
                f"images must be uint8 (N, C, H, W), got {images.dtype} {tuple(images.shape)}"
            )
        if labels.dtype != torch.int64 or labels.dim() != 1:
            raise ValueError(f"labels must be int64 (N,), got {labels.dtype} {tuple(labels.shape)}")
        if (count := images.shape[0]) != len(labels):
            raise ValueError(
                f"each image needs one label, got {count} images and {len(labels)} labels"
            )

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True)
class Framing:
    """How a data set's drawings lie in their square, so that a new drawing can be laid in the same way.

    Raises: ValueError for shares outside (0, 1] or another centre.
    """

    height: float  # share of the square's height that the ink fills at most
    width: float  # the same for its width
    keeps_aspect: bool = True  # False: the ink is stretched until it fills both
    removes_slant: bool = False
    least_ink: float = (
        0  # share of the rectangle around the ink that is ink; thinner strokes are widened
    )
    centre: Literal["mass", "box"] = (
        "box"  # in the middle lies the ink's centre of mass, or its rectangle's
    )

    def __post_init__(self) -> None:
        if not (0 < self.height <= 1 and 0 < self.width <= 1):
            raise ValueError(
                f"height and width must be shares in (0, 1], got {self.height} and {self.width}"
            )
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
    """Mini-batches of a split, made on the device from uint8 pictures that stay there where they fit.

    Every pass yields pairs (images, labels). With a generator each pass draws a new order from it; without
    one the order is that of the split. The last batch holds what is left. augment names what is done to the
    pictures of each batch, such as "shift,flip": see data.augmentation.

    Files, and tensors that would take more than half of a GPU's free memory, are streamed: threads read
    some batches ahead, into pinned memory for a GPU. stream decides it for tensors. The batches are the same.
    With share, (process, number of processes), only those of its files are read that processes.take_share
    picks; the other pictures are black.

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
        stream: bool | None = None,
        share: tuple[int, int] = (0, 1),
    ):
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        if len(split) == 0:
            raise ValueError("the split has no pictures")
        if generator is not None and generator.device.type != "cpu":
            raise ValueError(f"generator must be on the cpu, got one on {generator.device}")
        self.device = device
        self.images = split.images
        self.is_streamed = bool(stream) or isinstance(self.images, PictureFiles)
        if stream is None and not self.is_streamed and device.type != "cpu":
            self.is_streamed = self.images.nbytes > free_bytes(device)
        if not self.is_streamed:  # as bytes: a quarter of the memory, and of what a step reads
            self.images = self.images.to(device)
        self.labels = split.labels.to(device)
        self.batch_size = batch_size
        self.max_value = max_value
        self.generator = generator
        self.share = share
        self.changes = [AUGMENTATIONS[name] for name in augment.split(",") if name]

    @property
    def num_examples(self) -> int:
        """How many pictures a pass goes through."""
        return len(self.labels)

    def __len__(self) -> int:
        return math.ceil(self.num_examples / self.batch_size)

    @property
    def place(self) -> str:
        """Where the pictures are while a network learns them, for people."""
        height, width = self.images.shape[2:]
        size = f"{self.images.shape.numel() / 2**20:,.1f} MiB of {height} x {width} pixels"
        return (
            f"{size} streamed by {THREADS} threads"
            if self.is_streamed
            else f"{size} kept in memory"
        )

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        if self.generator is None:
            order = torch.arange(self.num_examples)
        else:  # drawn on the CPU, so that every device sees the same order
            order = torch.randperm(self.num_examples, generator=self.generator)
        batches_at_once = max(
            1, VALUES_AT_ONCE // (self.batch_size * self.images.shape[1:].numel())
        )
        order = order if self.is_streamed else order.to(self.device)
        chunks = order.split(batches_at_once * self.batch_size)
        fetched = ahead(self._fetch, chunks) if self.is_streamed else map(self._fetch, chunks)
        for chosen, images in zip(chunks, fetched, strict=True):
            images = images.to(self.device, non_blocking=True).float().div_(self.max_value)
            labels = self.labels.index_select(0, chosen.to(self.device))
            for batch in zip(
                images.split(self.batch_size), labels.split(self.batch_size), strict=True
            ):
                yield self._augment(batch[0]), batch[1]

    def _fetch(self, chosen: Tensor) -> Tensor:
        if isinstance(self.images, PictureFiles):
            process, num_processes = self.share
            is_read = torch.arange(len(chosen)) % self.batch_size % num_processes == process
            images = torch.zeros(len(chosen), *self.images.shape[1:], dtype=torch.uint8)
            images[is_read] = self.images.index_select(0, chosen[is_read])
        else:
            images = self.images.index_select(0, chosen)
        return images.pin_memory() if self.is_streamed and self.device.type == "cuda" else images

    def _augment(self, images: Tensor) -> Tensor:
        for change in self.changes:
            images = change(images, self.generator)
        return images


def free_bytes(device: torch.device) -> int:
    """Return how much memory pictures may take: half of what a GPU has free, a quarter of the machine's."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0] // 2
    limits = [2**33]  # where nothing tells, as on Windows: 8 GiB
    with contextlib.suppress(AttributeError, ValueError, OSError):
        limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
        limits.append(
            int(Path("/sys/fs/cgroup/memory.max").read_text())
        )  # of a container or a cluster's job
    return min(limits) // 4


def ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield work(item) for each item, in order, while threads work at the next few.

    Pillow decodes without Python's lock. The processes of a DataLoader take a quarter more of CPU time for
    1,000 photographs of 200 x 160 pixels, and each hears Ctrl-C.
    """
    waiting: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(THREADS)
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


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
