"""What families of networks for images share: how images are loaded, resized and batched."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import torch
from torch import Tensor

from dlcourse.data.batches import Batches, ImageData, Split, find_digest
from dlcourse.data.catalog import IMAGE_SETS, load_image_set
from dlcourse.data.images import fit_side
from dlcourse.errors import UsageError, unknown_name
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import count_processes, get_rank

EVALUATION_BATCH = (
    500  # for train and evaluate: another size could change the last digit of the loss
)
LARGEST_IMAGE = 10_000  # pixels of a side, for models that take any larger image


class ImageFamily(Family):
    """A family that learns from images, with their labels or without them.

    A batch is (images, labels): (batch, channels, height, width) from 0 to 1, and (batch,). Without
    has_classes, all labels of a folder are 0, and a folder needs no sub-folders. A network's class
    says by smallest_image and largest_image which sides of images it takes.
    """

    data_sets = IMAGE_SETS
    default_data = "digits"
    example_name = "images"
    facts_of_outputs = "image_shape"
    is_input_named = True
    has_classes: ClassVar[bool] = False

    @property
    def sides(self) -> tuple[int, int]:
        """The smallest and the largest side of images that the model takes, in pixels."""
        network_class = self.network_class
        return network_class.smallest_image, getattr(network_class, "largest_image", LARGEST_IMAGE)

    def check_data(self, data: str) -> None:
        """Raise UsageError for a name that is neither a data set nor a folder."""
        if Path(data).is_file():
            needed = "a folder of images"
            if self.has_classes:
                needed = "a folder with a sub-folder for each class"
            remedy = (
                f"give {needed}, unpacked from its archive; for a text, name a model such as lstm"
            )
            raise UsageError(f"{data} is a file, not a folder of images", remedy)
        is_path = data != Path(data).name or Path(data).is_dir()
        if data not in IMAGE_SETS and not is_path:
            raise unknown_name("data set or folder", data, IMAGE_SETS)

    def load(
        self,
        data: str,
        data_dir: Path | None = None,
        stream: bool | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> ImageData:
        """Load a data set by its name, or a folder of images.

        With has_classes, the folder has one sub-folder for each class. The images of a folder get a
        size that the model takes, or that of `about`.
        """
        self.check_data(data)
        if data in IMAGE_SETS:
            loaded = load_image_set(data, data_dir)
            return dataclasses.replace(loaded, digest=find_digest(loaded))
        from dlcourse.data.folders import load_folder  # Pillow, which other data do without

        sides = self.sides
        if about is not None:
            sides = (about["image_shape"][-1], about["image_shape"][-1])
        return load_folder(data, sides, stream, has_classes=self.has_classes)

    def about(self, data: ImageData) -> dict[str, Any]:
        """Return the shape of the network's images, and the side of the data's own ones.

        drawing_side is that side, before the images were resized.
        """
        channels, _, side = data.train.images.shape[1:]
        smallest, largest = self.sides
        fitted_side = min(max(side, smallest), largest)
        return {"image_shape": [channels, fitted_side, fitted_side], "drawing_side": side}

    def fit_data(self, data: ImageData, about: Mapping[str, Any]) -> ImageData:
        """Return the images in the size that the network takes; refuse images of other shapes.

        Smaller images are enlarged. Larger ones are reduced where the model takes no larger image.
        """
        fitted = self.fit_sides(data, about)
        shape = list(fitted.train.images.shape[1:])
        if shape != list(about["image_shape"]):
            raise other_kind(data, f"images {shape}", f"images {list(about['image_shape'])}")
        return fitted

    def fit_sides(self, data: ImageData, about: Mapping[str, Any]) -> ImageData:
        """Return the images with the side of the network's images, where the model allows it."""
        _, largest = self.sides
        side = max(data.train.images.shape[-1], about["image_shape"][-1])
        return resize_images(data, min(side, largest))

    def make_batches(
        self,
        data: ImageData,
        split: str,
        device: torch.device,
        config: TrainConfig | None = None,
        stream: bool | None = None,
    ) -> Batches:
        """Return batches of a split by the settings of a run, or without them for an evaluation."""
        images: Split = getattr(data, split)
        if config is None:
            return Batches(
                images,
                EVALUATION_BATCH,
                max_value=data.max_value,
                device=device,
            )
        return Batches(
            images,
            config.batch_size,
            max_value=data.max_value,
            device=device,
            generator=torch.Generator().manual_seed(config.seed),
            augment=config.augment,
            stream=stream,
            share=(get_rank(), count_processes()),
        )

    def summarize(self, data: ImageData, about: Mapping[str, Any]) -> list[str]:
        """Say what the images are, what was left out, and where the images came from."""
        left_out = "; ".join(data.left_out)
        lines = [
            self.describe_data(data),
            f"left out: {left_out}" if left_out else "nothing was left out",
            data.source,
        ]
        before = about["drawing_side"]
        after = about["image_shape"][-1]
        if before != after:
            lines.append(f"resized from {before} to {after} pixels, which {self.model} takes")
        return lines

    def describe_data(self, data: ImageData) -> str:
        """Return in words how many images there are."""
        return describe_splits(data)

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return one black image (1, channels, height, width)."""
        return torch.zeros(1, *about["image_shape"])


def describe_splits(data: ImageData) -> str:
    """Return how many images there are in each split."""
    train, validation, test = len(data.train), len(data.validation), len(data.test)
    return f"{train:,} images to train, {validation:,} to validate, {test:,} to test"


def other_kind(data: ImageData, has: str, learned: str) -> UsageError:
    """Return the error for data of another kind than those that the run has learned."""
    problem = f"{data.name} has {has}, the run was trained on {learned}"
    return UsageError(problem, "evaluate it on data of the same kind")


def resize_images(data: ImageData, side: int) -> ImageData:
    """Return the images with sides of `side` pixels."""
    if data.train.images.shape[-1] == side and data.test.images.shape[-1] == side:
        return data
    return dataclasses.replace(
        data,
        train=resize_split(data.train, side),
        validation=resize_split(data.validation, side),
        test=resize_split(data.test, side),
    )


def resize_split(split: Split, side: int) -> Split:
    """Return the images of a split with sides of `side` pixels, and its labels."""
    return Split(fit_side(split.images, side), split.labels)


def check_sizes(about: Mapping[str, Any]) -> None:
    """Raise ValueError, or TypeError, unless the facts are sizes that images can have."""
    sides = [*about["image_shape"], about["drawing_side"]]
    is_size = [type(side) is int and 1 <= side <= LARGEST_IMAGE for side in sides]
    if len(sides) != 4 or not all(is_size):
        raise ValueError(f"image_shape and drawing_side must be four whole numbers, got {sides}")
