"""Segmenters: networks that say for each pixel of an image which class it belongs to."""

from collections.abc import Mapping
from typing import Any

import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.tasks.scenes import SceneFamily
from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Batch, Sums

NETWORKS = {"segmenter": "dlcourse.models.segmenter:Segmenter"}
# Chosen on the validation scenes, with one seed: after 6 epochs the mean intersection over union
# was 0.880 at a peak rate of 1e-2 and 0.869 at 5e-3.
RECIPES = {
    ("segmenter", "scenes"): TrainConfig(epochs=6, batch_size=32),
    ("segmenter", "mnist-scenes"): TrainConfig(epochs=6, batch_size=32),
}


class Segment(SceneFamily):
    """Minimize the cross entropy of the classes of pixels; measure the intersection over union.

    A batch is (images, masks): (batch, 1, 32, 32) and (batch, 32, 32). Figures: the loss, and the
    mean over the classes, the background among them, of the pixels that are rightly given to a
    class over those that are given to it or belong to it. A class without any such pixel does not
    count.
    """

    networks = NETWORKS
    recipes = RECIPES
    headline = "mean_iou"
    targets = "masks"
    figure_name = "segmentations.png"

    def count_classes(self, about: Mapping[str, Any]) -> int:
        """Return the number of digits and one for the background."""
        return len(about["class_names"]) + 1

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean cross entropy of a pixel, in nats."""
        images, masks = batch
        return F.cross_entropy(network(images), masks)

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss, and the intersections and unions of all classes, in pixels."""
        images, masks = batch
        logits = network(images)  # (batch, num_classes, height, width)
        num_classes = logits.shape[1]
        predicted = logits.argmax(dim=1)
        in_both = count_pixels(masks[masks == predicted], num_classes)
        in_mask = count_pixels(masks, num_classes)
        in_predicted = count_pixels(predicted, num_classes)
        unions = in_mask + in_predicted - in_both
        count = len(images)
        total_loss = F.cross_entropy(logits, masks) * count
        return {"loss": (total_loss, count), "mean_iou": (in_both, unions)}

    def figures(self, sums: Sums) -> dict[str, float]:
        """Return the mean loss of a pixel and the mean intersection over union of the classes."""
        total, count = sums["loss"]
        in_both, unions = sums["mean_iou"]
        occurs = unions > 0
        mean_iou = (in_both[occurs] / unions[occurs]).mean()
        return {"loss": (total / count).item(), "mean_iou": mean_iou.item()}

    def read_found(self, outputs: Tensor) -> dict[str, Any]:
        """Return the class of each pixel."""
        return {"masks": outputs.argmax(dim=1)}


def count_pixels(classes: Tensor, num_classes: int) -> Tensor:
    """Return how many pixels each class has: (num_classes,)."""
    return classes.flatten().bincount(minlength=num_classes)
