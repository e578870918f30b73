"""Image classifiers: networks that say which class an image belongs to."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.batches import Batches, ImageData, Split, find_digest
from dlcourse.data.catalog import IMAGE_SETS, load_image_set
from dlcourse.data.drawing_checks import Ground, find_ground
from dlcourse.data.framing import Framing
from dlcourse.data.images import fit_side
from dlcourse.errors import UsageError, make_printable, unknown_name
from dlcourse.tasks.classify_drawings import describe_prediction, predict_drawings
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import count_processes, get_rank
from dlcourse.training.task import Batch

EVALUATION_BATCH = (
    500  # for train and evaluate: another size could change the last digit of the loss
)
NUM_CLASSES_NAMED = 12
LARGEST_IMAGE = 10_000  # pixels of a side, for models that take any larger image

NETWORKS = {
    "mlp": "dlcourse.models.mlp:MLP",
    "cnn": "dlcourse.models.cnn:CNN",
    "lenet": "dlcourse.models.lenet:LeNet",
    "vgg": "dlcourse.models.vgg:VGG",
    "resnet18": "dlcourse.models.resnet18:ResNet18",
}
RECIPES = {  # chosen on validation images; the README says what they reach on the test images
    ("mlp", "digits"): TrainConfig(epochs=20, batch_size=32),
    ("cnn", "digits"): TrainConfig(epochs=5, batch_size=64),
    ("lenet", "digits"): TrainConfig(
        epochs=10,
        batch_size=32,
        learning_rate=3e-3,
    ),
    ("vgg", "digits"): TrainConfig(epochs=6, batch_size=32),
    ("resnet18", "digits"): TrainConfig(
        epochs=3,
        batch_size=64,
        learning_rate=3e-3,
    ),
    ("mlp", "mnist"): TrainConfig(epochs=5),
    ("cnn", "mnist"): TrainConfig(epochs=3),
    ("lenet", "mnist"): TrainConfig(epochs=5, learning_rate=6e-3),
    ("vgg", "mnist"): TrainConfig(
        epochs=1,
        batch_size=64,
        average_decay=0.98,
    ),
    ("mlp", "fashion-mnist"): TrainConfig(epochs=10),
    ("cnn", "fashion-mnist"): TrainConfig(epochs=5, average_decay=0.99),
    ("lenet", "fashion-mnist"): TrainConfig(
        epochs=8,
        learning_rate=6e-3,
        average_decay=0.99,
    ),
    ("vgg", "fashion-mnist"): TrainConfig(
        epochs=4,
        batch_size=64,
        average_decay=0.98,
    ),
    ("mlp", "cifar10"): TrainConfig(epochs=10, learning_rate=1e-3),
    ("cnn", "cifar10"): TrainConfig(
        epochs=8,
        augment="flip",
        average_decay=0.99,
    ),
    ("lenet", "cifar10"): TrainConfig(
        epochs=8, learning_rate=6e-3, augment="flip", average_decay=0.99
    ),
    ("vgg", "cifar10"): TrainConfig(
        epochs=12,
        augment="shift,flip",
        average_decay=0.99,
    ),
}

# From 20 or 100 files a class of MNIST's digits, a CNN then classifies 83% or 94% of the validation
# images correctly (means of 3 seeds); with the defaults, which take 10 or 30 steps, it is 15% or
# 59%.
FOLDER_RECIPE = TrainConfig(epochs=20, batch_size=32)
# At 1e-2 its validation loss, after 10 epochs on 84 images, was 1.2; at 1e-3 it was 0.07 (one
# seed).
RESNET_FOLDER_RECIPE = TrainConfig(epochs=20, batch_size=32, learning_rate=1e-3)


class Classify(Family):
    """Minimize the cross entropy of the classes of images; figures are that loss and the accuracy.

    A batch is (images, labels): (batch, channels, height, width) and (batch,).
    """

    networks = NETWORKS
    recipes = RECIPES
    data_sets = IMAGE_SETS
    default_data = "digits"
    headline = "accuracy"
    example_name = "images"
    facts_of_outputs = "class_names"
    given_by_data = ("in_features", "in_channels", "num_classes")
    loss_name = "cross_entropy"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean cross entropy of a batch, in nats."""
        images, labels = batch
        return F.cross_entropy(network(images), labels)

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss in nats and the accuracy from 0 to 1."""
        images, labels = batch
        logits = network(images)  # (batch, num_classes)
        count = len(labels)
        num_correct = (logits.argmax(dim=1) == labels).sum()
        total_loss = F.cross_entropy(logits, labels) * count
        return {"loss": (total_loss, count), "accuracy": (num_correct, count)}

    @property
    def sides(self) -> tuple[int, int]:
        """The smallest and the largest side of images that the model takes, in pixels."""
        network_class = self.network_class
        return network_class.smallest_image, getattr(network_class, "largest_image", LARGEST_IMAGE)

    def check_data(self, data: str) -> None:
        """Raise UsageError for a name that is neither a data set nor a folder."""
        if Path(data).is_file():
            remedy = (
                "give a folder with a sub-folder for each class, unpacked from its archive; "
                "gru and lstm learn a text file"
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
        """Load a data set by its name, or a folder with one sub-folder of images for each class.

        The images of a folder get a size that the model takes, or that of `about`.
        """
        self.check_data(data)
        if data in IMAGE_SETS:
            loaded = load_image_set(data, data_dir)
            return dataclasses.replace(loaded, digest=find_digest(loaded))
        from dlcourse.data.folders import load_folder  # Pillow, which other data do without

        sides = self.sides
        if about is not None:
            sides = (about["image_shape"][-1], about["image_shape"][-1])
        return load_folder(data, sides, stream)

    def about(self, data: ImageData) -> dict[str, Any]:
        """Return the shape of the network's images, the classes, and how drawings are framed.

        drawing_side is the side of the data's own images, before they were resized; framing says
        how its drawings lie in them, and is None for photographs; ground says whether these are on
        a dark or a light ground, as drawings in a folder of your own may be.
        """
        channels, _, side = data.train.images.shape[1:]
        smallest, largest = self.sides
        fitted_side = min(max(side, smallest), largest)
        about = {
            "image_shape": [channels, fitted_side, fitted_side],
            "class_names": list(data.class_names),
            "drawing_side": side,
            "framing": None,
        }
        if data.framing is not None:
            about["framing"] = dataclasses.asdict(data.framing)
            return about
        if data.white is not None:
            about["white"] = data.white
        ground = find_common_ground(data)
        if ground is not None:
            about["ground"] = ground
        return about

    def fit_data(self, data: ImageData, about: Mapping[str, Any]) -> ImageData:
        """Return the images in the size that the network takes; refuse other images or classes.

        Smaller images are enlarged. Larger ones are reduced where the model takes no larger image.
        """
        _, largest = self.sides
        side = max(data.train.images.shape[-1], about["image_shape"][-1])
        fitted = resize_images(data, min(side, largest))
        shape = list(fitted.train.images.shape[1:])
        names = list(data.class_names)
        if shape != list(about["image_shape"]) or names != list(about["class_names"]):
            has = describe_images(shape, names)
            learned = describe_images(about["image_shape"], about["class_names"])
            problem = f"{data.name} has {has}, the run was trained on {learned}"
            raise UsageError(problem, "evaluate it on data of the same kind")
        return fitted

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
            return Batches(images, EVALUATION_BATCH, max_value=data.max_value, device=device)
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
        """Say which classes there are, what was left out, and where the images came from."""
        left_out = "; ".join(data.left_out)
        lines = [
            f"{describe_classes(data)}; {describe_splits(data)}",
            f"left out: {left_out}" if left_out else "nothing was left out",
            data.source,
        ]
        before = about["drawing_side"]
        after = about["image_shape"][-1]
        if before != after:
            lines.append(f"resized from {before} to {after} pixels, which {self.model} takes")
        return lines

    def find_recipe(self, data: str) -> TrainConfig:
        """Return the settings for this model on a data set or on a folder of images."""
        if data in IMAGE_SETS:
            return super().find_recipe(data)
        return RESNET_FOLDER_RECIPE if self.model == "resnet18" else FOLDER_RECIPE

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for images (channels, height, width); torch draws its weights.

        Raises: ValueError for facts that no network can have.
        """
        channels, height, width = about["image_shape"]
        check_facts(about)
        num_inputs = channels
        if self.model == "mlp":
            num_inputs = channels * height * width
        num_classes = len(about["class_names"])
        return self.network_class(num_inputs, num_classes=num_classes, **self.network_options)

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return one black image (1, channels, height, width)."""
        return torch.zeros(1, *about["image_shape"])

    def draw_figures(
        self, network: nn.Module, data: ImageData, device: torch.device, folder: Path
    ) -> list[Path]:
        """Draw the confusion matrix and the worst mistakes of the test; return their paths."""
        confusion_matrix = folder / "confusion_matrix.png"
        worst_mistakes = folder / "worst_mistakes.png"
        if get_rank() == 0:  # the first process draws for all
            batches = self.make_batches(data, "test", device)
            with torch.inference_mode():
                logits = torch.cat([network(images).cpu() for images, _ in batches])
            # Matplotlib, which a run without figures does without.
            from dlcourse.tasks.classify_figures import draw_confusion_matrix, draw_worst_mistakes

            draw_confusion_matrix(data, logits, confusion_matrix)
            draw_worst_mistakes(data, logits, worst_mistakes)
        return [confusion_matrix, worst_mistakes]

    def predict(
        self, network: nn.Module, about: Mapping[str, Any], paths: Sequence[Path], folder: Path
    ) -> list[dict[str, Any]]:
        """Return the three likeliest classes of each drawing or photograph."""
        return predict_drawings(network, about, paths, folder)

    def describe_prediction(self, prediction: Mapping[str, Any]) -> str:
        """Return one of the predictions as a line."""
        return describe_prediction(prediction)


def find_common_ground(data: ImageData) -> Ground | None:
    """Tell whether the training images have a dark or a light ground, from 50 of them."""
    num_images = len(data.train)
    chosen = torch.linspace(0, num_images - 1, min(50, num_images)).long()
    images = data.train.images.index_select(0, chosen)
    return find_ground(images.float() * 255 / data.max_value)


def describe_classes(data: ImageData) -> str:
    """Return the classes with the number of their images; of many classes the first and last."""
    labels = torch.cat([data.train.labels, data.validation.labels, data.test.labels])
    counts = labels.bincount(minlength=len(data.class_names)).tolist()
    named = [f"{name} ({count:,})" for name, count in zip(data.class_names, counts, strict=True)]
    if len(named) > NUM_CLASSES_NAMED:
        of_each = f"from {min(counts):,} to {max(counts):,} images each"
        named = [*named[:3], "...", f"{named[-1]}, {of_each}"]
    return f"{len(counts)} classes: {make_printable(', '.join(named))}"


def describe_splits(data: ImageData) -> str:
    """Return how many images there are in each split."""
    train, validation, test = len(data.train), len(data.validation), len(data.test)
    return f"{train:,} images to train, {validation:,} to validate, {test:,} to test"


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


def describe_images(shape: Sequence[int], class_names: Sequence[str]) -> str:
    """Return a shape and classes as a part of a sentence."""
    return f"images {list(shape)} of {', '.join(class_names)}"


def check_facts(about: Mapping[str, Any]) -> None:
    """Raise ValueError, or TypeError, unless the facts can be those of a classifier of images."""
    sides = [*about["image_shape"], about["drawing_side"]]
    is_size = [type(side) is int and 1 <= side <= LARGEST_IMAGE for side in sides]
    if len(sides) != 4 or not all(is_size):
        raise ValueError(f"image_shape and drawing_side must be four whole numbers, got {sides}")
    names = about["class_names"]
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"class_names must be names, got {names!r}")
    if about["framing"] is not None:
        Framing(**about["framing"])
