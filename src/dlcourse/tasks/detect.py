"""Detectors: networks that say which objects are in an image, and in which box each one lies."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.tasks.boxes import (
    count_by_score,
    find_average_precision,
    find_centers,
    find_hits,
    find_objects,
)
from dlcourse.tasks.scenes import SceneFamily
from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Batch, Sums

NETWORKS = {"detector": "dlcourse.models.detector:Detector"}
# Chosen on the validation scenes, with one seed: after 6 epochs the average precision was 0.991 at
# a peak rate of 1e-2, 0.986 at 5e-3 and 0.994 at 2e-2.
RECIPES = {
    ("detector", "scenes"): TrainConfig(epochs=6, batch_size=32, learning_rate=2e-2),
    ("detector", "mnist-scenes"): TrainConfig(epochs=6, batch_size=32, learning_rate=2e-2),
}
REACH = 2.0  # pixels: places at most this far from an object's middle, in x and in y, learn it


class Detect(SceneFamily):
    """Minimize the cross entropy of the classes and the error of the edges; measure the precision.

    A batch is (images, objects): (batch, 1, 32, 32) and (batch, 3, 5), of a class and a box each.
    Figures: the loss, and the mean over the classes of the average precision at an intersection
    over union of at least 0.5. A class without any true object does not count; where no class has
    one, the average precision is 0.
    """

    networks = NETWORKS
    recipes = RECIPES
    headline = "average_precision"
    targets = "objects"
    figure_name = "detections.png"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean loss of a scene, in nats plus pixels."""
        images, objects = batch
        return self.compare(network(images), objects)

    def compare(self, outputs: Tensor, objects: Tensor) -> Tensor:
        """Return the mean loss of the outputs (batch, classes + 4, rows, columns)."""
        centers = find_centers(outputs)
        outputs = outputs.permute(
            0,
            2,
            3,
            1,
        )  # (batch, rows, columns, classes + 4)
        logits = outputs[..., :-4]
        distances = outputs[..., -4:]
        is_object, classes, true_distances = find_targets(objects, centers)

        is_class = F.one_hot(classes, logits.shape[-1]) * is_object[..., None]
        class_loss = F.binary_cross_entropy_with_logits(
            logits, is_class.to(logits.dtype), reduction="sum"
        )
        edge_loss = F.smooth_l1_loss(
            distances[is_object], true_distances[is_object].to(logits.dtype), reduction="sum"
        )
        return (class_loss + edge_loss) / len(objects)

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss, and how many objects were found with which score and how many exist."""
        images, objects = batch
        outputs = network(images)
        num_classes = outputs.shape[1] - 4
        classes, scores, boxes = find_objects(outputs)
        is_hit = find_hits(classes, boxes, objects)
        hits = count_by_score(classes[is_hit], scores[is_hit], num_classes)
        found = count_by_score(classes, scores, num_classes)
        true_classes = objects[..., 0]
        num_true = true_classes[true_classes >= 0].bincount(minlength=num_classes)
        loss = self.compare(outputs, objects) * len(images)
        return {
            "loss": (loss, len(images)),
            "average_precision": (torch.stack([hits, found]), num_true),
        }

    def figures(self, sums: Sums) -> dict[str, float]:
        """Return the mean loss of a scene and the mean average precision of the classes."""
        total, count = sums["loss"]
        (hits, found), num_true = sums["average_precision"]
        precisions = find_average_precision(hits, found, num_true)
        mean = precisions.mean().item() if len(precisions) else 0.0
        return {"loss": (total / count).item(), "average_precision": mean}

    def read_found(self, outputs: Tensor) -> dict[str, Any]:
        """Return the objects that were found."""
        return {"found": find_objects(outputs)}


def find_targets(objects: Tensor, centers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return for each place whether it learns an object, that one's class and its edges' distances.

    A place learns the object with the nearest middle if that is within REACH.

    Shapes: objects (batch, true, 5), centers (rows, columns, 2) -> (batch, rows, columns), bool and
        int64, and (batch, rows, columns, 4), in pixels to the left, top, right and bottom.
    """
    left_top = objects[..., 1:3]
    right_bottom = objects[..., 3:5]
    middles = (left_top + right_bottom) / 2  # (batch, true, 2)
    steps = middles[:, :, None, None] - centers  # (batch, true, rows, columns, 2)
    far = steps.abs().amax(dim=-1)
    is_nothing = objects[..., 0] < 0
    far = far.masked_fill(is_nothing[..., None, None], torch.inf)
    distance, nearest = far.min(dim=1)  # (batch, rows, columns)
    scenes = torch.arange(len(objects), device=objects.device)[:, None, None]
    chosen = objects[scenes, nearest]  # (batch, rows, columns, 5)
    to_left_top = centers - chosen[..., 1:3]
    to_right_bottom = chosen[..., 3:5] - centers
    true_distances = torch.cat([to_left_top, to_right_bottom], dim=-1)
    classes = chosen[..., 0].clamp(min=0)
    is_object = distance <= REACH
    return is_object, classes, true_distances
