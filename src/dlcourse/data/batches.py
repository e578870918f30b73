"""A data set as tensors, and mini-batches of it that are made on the device."""

import contextlib
import hashlib
import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from dlcourse.data.augmentation import AUGMENTATIONS
from dlcourse.data.framing import Framing

# Threads that decode images.
THREADS = min(8, os.cpu_count() or 1)
# 2 MiB of floats: making many small batches in one go takes a tenth off a step on the digits.
VALUES_AT_ONCE = 2**19
Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Split:
    """Images and their labels. In place of a tensor, images can be data.image_files.ImageFiles.

    Shapes: images (N, channels, height, width), uint8; labels (N,), int64.
    Raises: ValueError for other shapes or types, or when the counts differ.
    """

    images: Tensor
    labels: Tensor

    def __post_init__(self) -> None:
        images = self.images
        labels = self.labels
        if images.dtype != torch.uint8 or len(images.shape) != 4:
            given = f"{images.dtype} {tuple(images.shape)}"
            raise ValueError(f"images must be uint8 (N, C, H, W), got {given}")
        if labels.dtype != torch.int64 or labels.dim() != 1:
            given = f"{labels.dtype} {tuple(labels.shape)}"
            raise ValueError(f"labels must be int64 (N,), got {given}")
        num_images = images.shape[0]
        if num_images != len(labels):
            given = f"{num_images} images and {len(labels)} labels"
            raise ValueError(f"each image needs one label, got {given}")

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, eq=False)
class ImageData:
    """A data set of images with its three fixed splits; pixels go from 0 to max_value.

    Photographs have no framing, because they fill their square. white is the value of white in
    grays of more than 8 bits, where files had such.

    source: where the images came from, and those of each split. left_out: what was not used and
    why, with its count. digest: a checksum of images, classes and splits; "" where it is not known.
    """

    name: str
    train: Split
    validation: Split
    test: Split
    class_names: tuple[str, ...]
    max_value: int
    framing: Framing | None
    white: float | None = None
    source: str = ""
    left_out: tuple[str, ...] = ()
    digest: str = ""


class Batches:
    """Mini-batches of a split, made on the device from uint8 images that stay there if they fit.

    Every pass yields pairs (images, labels). With a generator, each pass draws a new order from it;
    without one, the order is that of the split. The last batch holds what is left. augment names
    the random changes to the images of each batch, such as "shift,flip": see data.augmentation.

    Images in files are streamed, and so are tensors that would take more than half of a GPU's free
    memory: threads read some batches ahead, into pinned memory for a GPU. For tensors, the argument
    stream can decide otherwise. Streamed and resident batches are the same. With share, (process,
    number of processes), a process reads only those of its files that processes.take_share picks;
    the other images are black.

    Shapes: images (batch, channels, height, width), float32 in [0, 1]; labels (batch,), int64.
    Raises: ValueError when batch_size is below 1, the split is empty or the generator is not on the
        CPU.
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
            raise ValueError("the split has no images")
        if generator is not None and generator.device.type != "cpu":
            raise ValueError(f"generator must be on the cpu, got one on {generator.device}")

        self.batch_size = batch_size
        self.max_value = max_value
        self.device = device
        self.generator = generator
        self.share = share
        self.changes = [AUGMENTATIONS[name] for name in augment.split(",") if name]

        self.images = split.images
        self.labels = split.labels.to(device)
        self.is_in_files = not isinstance(split.images, Tensor)
        self.is_streamed = self._has_to_be_streamed(stream)
        if not self.is_streamed:
            # As bytes: they take a quarter of the memory, and a step reads a quarter as much.
            self.images = self.images.to(device)

    @property
    def num_examples(self) -> int:
        """How many images a pass goes through."""
        return len(self.labels)

    def __len__(self) -> int:
        return math.ceil(self.num_examples / self.batch_size)

    @property
    def place(self) -> str:
        """Where the images are during training, in words for the user."""
        height, width = self.images.shape[2:]
        mebibytes = self.images.shape.numel() / 2**20
        size = f"{mebibytes:,.1f} MiB of {height} x {width} pixels"
        if self.is_streamed:
            return f"{size} streamed by {THREADS} threads"
        return f"{size} kept in memory"

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        chunks = self._draw_chunks()
        for chosen, fetched in zip(chunks, self._fetch_all(chunks), strict=True):
            images = fetched.to(self.device, non_blocking=True)
            images = images.float().div_(self.max_value)
            labels = self.labels.index_select(0, chosen.to(self.device))

            image_batches = images.split(self.batch_size)
            label_batches = labels.split(self.batch_size)
            for image_batch, label_batch in zip(image_batches, label_batches, strict=True):
                yield self._augment(image_batch), label_batch

    def _has_to_be_streamed(self, stream: bool | None) -> bool:
        if self.is_in_files:
            return True
        if stream is not None:
            return stream
        if self.device.type == "cpu":
            return False
        return self.images.nbytes > free_bytes(self.device)

    def _draw_chunks(self) -> tuple[Tensor, ...]:
        """Return the numbers of the images in the order of this pass, some batches at a time."""
        if self.generator is None:
            order = torch.arange(self.num_examples)
        else:
            # Drawn on the CPU, so that every device sees the same order.
            order = torch.randperm(self.num_examples, generator=self.generator)
        if not self.is_streamed:
            order = order.to(self.device)

        values_per_image = self.images.shape[1:].numel()
        batches_at_once = VALUES_AT_ONCE // (self.batch_size * values_per_image)
        return order.split(max(1, batches_at_once) * self.batch_size)

    def _fetch_all(self, chunks: Iterable[Tensor]) -> Iterator[Tensor]:
        if self.is_streamed:
            return work_ahead(self._fetch, chunks)
        return map(self._fetch, chunks)

    def _fetch(self, chosen: Tensor) -> Tensor:
        if self.is_in_files:
            images = self._read_share(chosen)
        else:
            images = self.images.index_select(0, chosen)
        if self.is_streamed and self.device.type == "cuda":
            return images.pin_memory()
        return images

    def _read_share(self, chosen: Tensor) -> Tensor:
        """Read those of the chosen files that are this process's own; the other images are 0."""
        process, num_processes = self.share
        place_in_batch = torch.arange(len(chosen)) % self.batch_size
        is_read = place_in_batch % num_processes == process
        shape = self.images.shape[1:]  # channels, height, width
        images = torch.zeros(len(chosen), *shape, dtype=torch.uint8)
        images[is_read] = self.images.index_select(0, chosen[is_read])
        return images

    def _augment(self, images: Tensor) -> Tensor:
        for change in self.changes:
            images = change(images, self.generator)
        return images


def free_bytes(device: torch.device) -> int:
    """Return how much memory images may take.

    That is half of what a GPU has free, and a quarter of what the machine has.
    """
    if device.type == "cuda":
        num_free, _ = torch.cuda.mem_get_info(device)
        return num_free // 2

    limits = [2**33]  # 8 GiB where the system does not tell its size, as on Windows
    with contextlib.suppress(AttributeError, ValueError, OSError):
        limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
        # The limit of a container or of a cluster's job.
        job_limit = Path("/sys/fs/cgroup/memory.max").read_text()
        limits.append(int(job_limit))
    return min(limits) // 4


def find_digest(data: ImageData) -> str:
    """Return a checksum of the images and labels of all splits, which are tensors."""
    digest = hashlib.sha256()
    for split in (data.train, data.validation, data.test):
        digest.update(split.images.contiguous().numpy().data)
        digest.update(split.labels.numpy().data)
    return digest.hexdigest()


def work_ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield work(item) for each item, in order, while threads work at the next few.

    Threads are enough, because Pillow decodes without Python's lock. The processes of a DataLoader
    take a quarter more CPU time for 1,000 photographs of 200 x 160 pixels, and each of them
    receives Ctrl-C.
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
    """Divide a split in two, (rest, held out), with the same share of each class held out.

    The choice depends only on the labels and the seed. Both parts keep the order of the split.
    """
    # NumPy promises that the stream of RandomState never changes (NEP 19).
    random = np.random.RandomState(seed)
    labels = split.labels.numpy()
    is_held_out = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = random.permutation(np.flatnonzero(labels == label))
        num_held_out = round(share * len(members))
        is_held_out[members[:num_held_out]] = True

    chosen = torch.from_numpy(is_held_out)
    rest = Split(split.images[~chosen], split.labels[~chosen])
    held_out = Split(split.images[chosen], split.labels[chosen])
    return rest, held_out
