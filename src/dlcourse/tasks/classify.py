"""Image classifiers: networks that say which class an image belongs to."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.batches import ImageData
from dlcourse.data.catalog import IMAGE_SETS
from dlcourse.data.drawing_checks import Ground, find_ground
from dlcourse.data.framing import Framing
from dlcourse.errors import make_printable
from dlcourse.tasks.classify_drawings import describe_prediction, predict_drawings
from dlcourse.tasks.image_family import ImageFamily, check_sizes, describe_splits, other_kind
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.task import Batch

NUM_CLASSES_NAMED = 12

NETWORKS = {
    "mlp": "dlcourse.models.mlp:MLP",
    "cnn": "dlcourse.models.cnn:CNN",
    "lenet": "dlcourse.models.lenet:LeNet",
    "vgg": "dlcourse.models.vgg:VGG",
    "resnet": "dlcourse.models.resnet:ResNet",
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
    ("resnet", "digits"): TrainConfig(
        epochs=3,
        batch_size=32,
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
    ("resnet", "mnist"): TrainConfig(
        epochs=2,
        learning_rate=5e-3,
        augment="shift",
        average_decay=0.99,
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
        epochs=8,
        learning_rate=6e-3,
        augment="flip",
        average_decay=0.99,
    ),
    ("vgg", "cifar10"): TrainConfig(
        epochs=12,
        augment="shift,flip",
        average_decay=0.99,
    ),
    # Not measured: the settings of MNIST, with the changes to images of He and others (2016).
    ("resnet", "cifar10"): TrainConfig(
        epochs=12,
        learning_rate=5e-3,
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


class Classify(ImageFamily):
    """Minimize the cross entropy of the classes of images; figures are that loss and the accuracy.

    A batch is (images, labels): (batch, channels, height, width) and (batch,).
    """

    networks = NETWORKS
    recipes = RECIPES
    headline = "accuracy"
    facts_of_outputs = "class_names"
    is_input_named = False
    has_classes = True
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

    def about(self, data: ImageData) -> dict[str, Any]:
        """Return the shape of the network's images, the classes, and how drawings are framed.

        drawing_side is the side of the data's own images, before they were resized; framing says
        how its drawings lie in them, and is None for photographs; ground says whether these are on
        a dark or a light ground, as drawings in a folder of your own may be.
        """
        sizes = super().about(data)
        about = {
            "image_shape": sizes["image_shape"],
            "class_names": list(data.class_names),
            "drawing_side": sizes["drawing_side"],
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
        """Return the images in the size that the network takes; refuse other images or classes."""
        fitted = self.fit_sides(data, about)
        shape = list(fitted.train.images.shape[1:])
        names = list(data.class_names)
        if shape != list(about["image_shape"]) or names != list(about["class_names"]):
            has = describe_images(shape, names)
            learned = describe_images(about["image_shape"], about["class_names"])
            raise other_kind(data, has, learned)
        return fitted

    def describe_data(self, data: ImageData) -> str:
        """Return in words which classes there are, and how many images."""
        return f"{describe_classes(data)}; {describe_splits(data)}"

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

    def draw_figures(
        self,
        network: nn.Module,
        data: ImageData,
        device: torch.device,
        folder: Path,
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
        self,
        network: nn.Module,
        about: Mapping[str, Any],
        paths: Sequence[Path],
        folder: Path,
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


def describe_images(shape: Sequence[int], class_names: Sequence[str]) -> str:
    """Return a shape and classes as a part of a sentence."""
    return f"images {list(shape)} of {', '.join(class_names)}"


def check_facts(about: Mapping[str, Any]) -> None:
    """Raise ValueError, or TypeError, unless the facts can be those of a classifier of images."""
    check_sizes(about)
    names = about["class_names"]
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"class_names must be names, got {names!r}")
    if about["framing"] is not None:
        Framing(**about["framing"])
