"""Scenes: up to three digits at random places of a larger canvas, with what is where."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import load_mnist

SIDE = 32  # of a scene, in pixels
DIGIT_SIDES = range(8, 13)  # of the square around a digit's ink, in pixels
NUM_DIGITS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 3)  # one is drawn: a tenth of the scenes is empty
MOST_DIGITS = max(NUM_DIGITS)
MOST_SHARED = 0.1  # of the smaller of two squares may lie in the other one
TRIES = 30  # to find a place for a digit; a digit without a place is left out
WHITE = 255
LEAST_INK = 64  # a pixel of at least this value belongs to a digit, any other to the background
BACKGROUND = 10  # the class of a pixel without a digit; the digits have 0 to 9
NOTHING = -1  # the class in the unused rows of `objects`
COUNTS = {"train": 4000, "validation": 500, "test": 1000}


@dataclass(frozen=True, eq=False)
class Scenes:
    """Images with the class of each pixel, and with the class and the box of each digit.

    An object is (class, left, top, right, bottom); a box's right and bottom edge are the first
    column and row behind it. Rows without a digit have the class NOTHING, and zeros.

    Shapes: images (N, 1, 32, 32), uint8 from 0 to 255; masks (N, 32, 32), uint8 from 0 to 10;
        objects (N, 3, 5), int64.
    """

    images: Tensor
    masks: Tensor
    objects: Tensor

    def __len__(self) -> int:
        return len(self.images)


@dataclass(frozen=True, eq=False)
class SceneData:
    """Scenes in three splits, which are made of different digits."""

    name: str
    train: Scenes
    validation: Scenes
    test: Scenes
    class_names: tuple[str, ...]
    source: str
    digest: str  # a checksum of all scenes


def load_scene_set(name: str, data_dir: Path | None = None) -> SceneData:
    """Load 5,500 scenes by the name of a data set; a split has the digits of that split alone.

    The scenes of mnist-scenes need MNIST's files, which are looked for in data_dir first.

    Raises: DataError as load_digits or load_mnist does.
    """
    digits = load_mnist(data_dir) if name == "mnist-scenes" else load_digits()
    splits = {}
    digest = hashlib.sha256()
    for seed, (split, count) in enumerate(COUNTS.items()):
        scenes = compose(getattr(digits, split), digits.max_value, count, seed)
        splits[split] = scenes
        for part in (scenes.images, scenes.objects):
            digest.update(part.numpy().data)
    return SceneData(
        name,
        class_names=digits.class_names,
        source=f"composed of {digits.name}: {digits.source}",
        digest=digest.hexdigest(),
        **splits,
    )


def compose(digits: Split, max_value: int, count: int, seed: int) -> Scenes:
    """Compose `count` scenes of digits, whose pixels go from 0 to max_value.

    How many digits, which, how large and where depends on the seed and the number of digits alone.
    """
    # NumPy promises that the stream of RandomState never changes (NEP 19).
    random = np.random.RandomState(seed)
    images = torch.zeros(count, 1, SIDE, SIDE, dtype=torch.uint8)
    masks = torch.full((count, SIDE, SIDE), BACKGROUND, dtype=torch.uint8)
    objects = torch.zeros(count, MOST_DIGITS, 5, dtype=torch.long)
    objects[:, :, 0] = NOTHING
    for scene in range(count):
        boxes = draw_boxes(random, random.choice(NUM_DIGITS))
        for place, box in enumerate(boxes):
            chosen = random.randint(len(digits))
            label = digits.labels[chosen]
            left, top, right, bottom = box
            digit = digits.images[chosen, 0] / max_value
            ink = cut_ink(digit, right - left)
            window = (slice(top, bottom), slice(left, right))
            canvas = images[scene, 0][window]
            is_above = (ink > canvas) & (ink >= LEAST_INK)
            masks[scene][window][is_above] = label.to(torch.uint8)
            canvas.copy_(torch.maximum(canvas, ink))
            objects[scene, place] = torch.tensor([label, *box])
    return Scenes(images, masks, objects)


def draw_boxes(random: np.random.RandomState, count: int) -> list[list[int]]:
    """Draw at most `count` squares [left, top, right, bottom] that hardly overlap."""
    boxes: list[list[int]] = []
    for _ in range(count):
        side = random.choice(DIGIT_SIDES)
        for _ in range(TRIES):
            left, top = random.randint(SIDE - side + 1, size=2)
            box = [left, top, left + side, top + side]
            if all(share_area(box, other) <= MOST_SHARED for other in boxes):
                boxes.append(box)
                break
    return boxes


def share_area(box: Sequence[int], other: Sequence[int]) -> float:
    """Return which share of the smaller of two squares lies in the other one."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    side = min(box[2] - box[0], other[2] - other[0])
    return width * height / side**2


def cut_ink(image: Tensor, side: int) -> Tensor:
    """Return the square around a digit's ink with another side.

    Shapes: image (height, width), from 0 to 1 -> (side, side), uint8 from 0 to 255.
    """
    rows, columns = (image >= LEAST_INK / WHITE).nonzero(as_tuple=True)
    top = rows.min()
    left = columns.min()
    ink = image[top : rows.max() + 1, left : columns.max() + 1]
    height, width = ink.shape
    longest = max(height, width)
    above = (longest - height) // 2
    before = (longest - width) // 2
    after = longest - width - before
    below = longest - height - above
    square = F.pad(ink, (before, after, above, below))
    resized = F.interpolate(
        square[None, None],
        (side, side),
        mode="bilinear",
        antialias=True,
    )
    # Some values lie halfway between two grays, but for a rounding error: the first rounding takes
    # the error away, so that every processor decides alike.
    gray = (resized[0, 0] * WHITE).round(decimals=3)
    return gray.round().to(torch.uint8)


class SceneBatches(Batches):
    """Mini-batches (images, targets) of scenes, in the order of data.batches.Batches.

    targets are the masks or the objects of the scenes.

    Shapes: images (batch, 1, 32, 32), float32 in [0, 1]; targets (batch, ...), int64.
    Raises: ValueError as Batches does.
    """

    def __init__(self, images: Tensor, targets: Tensor, batch_size: int, **how: Any):
        numbers = torch.arange(len(images))
        super().__init__(
            Split(images, numbers),
            batch_size,
            max_value=WHITE,
            **how,
        )
        self.targets = targets.to(self.device)

    def __iter__(self) -> Any:
        for images, numbers in super().__iter__():
            yield images, self.targets[numbers].long()
