"""Boxes: what a detector's outputs stand for, and how its objects are compared with the true ones.

A box is (left, top, right, bottom) in pixels. The field calls this arithmetic post-processing.
"""

import torch
from torch import Tensor

from dlcourse.models.scene_backbone import STRIDE

MOST_FOUND = 8  # objects that are looked for in a scene
SAME_OBJECT = 0.4  # boxes that overlap by a larger intersection over union show the same object
LEAST_IOU = 0.5  # intersection over union from which a found object is counted as the true one
NUM_BINS = 1000  # of scores; detections in one bin count as equally sure


def find_iou(boxes: Tensor, others: Tensor) -> Tensor:
    """Return the area that two boxes share over the area that they cover, from 0 to 1.

    Shapes: boxes (..., 4) and others (..., 4), of broadcastable leading sizes -> those sizes.
    """
    left_top = torch.maximum(boxes[..., :2], others[..., :2])
    right_bottom = torch.minimum(boxes[..., 2:], others[..., 2:])
    sides = right_bottom - left_top
    intersection = sides.clamp(min=0).prod(dim=-1)
    union = find_area(boxes) + find_area(others) - intersection
    return intersection / union.clamp(min=1e-6)  # two boxes without any area share nothing


def find_area(boxes: Tensor) -> Tensor:
    """Return the areas of boxes; one whose edges are in the wrong order has no area."""
    sides = boxes[..., 2:] - boxes[..., :2]
    return sides.clamp(min=0).prod(dim=-1)


def find_centers(outputs: Tensor) -> Tensor:
    """Return the middle (x, y) of each place of a map in pixels: (rows, columns, 2)."""
    rows, columns = outputs.shape[-2:]
    device = outputs.device
    x = torch.arange(columns, device=device) + 0.5
    y = torch.arange(rows, device=device) + 0.5
    places = torch.meshgrid(x, y, indexing="xy")
    return STRIDE * torch.stack(places, dim=-1)


def read_boxes(outputs: Tensor) -> tuple[Tensor, Tensor]:
    """Return the score of each class and the box of each place of a detector's outputs.

    Shapes: outputs (batch, classes + 4, rows, columns) -> scores (batch, rows * columns, classes)
        from 0 to 1, boxes (batch, rows * columns, 4).
    """
    centers = find_centers(outputs)  # (rows, columns, 2)
    outputs = outputs.permute(
        0,
        2,
        3,
        1,
    )  # (batch, rows, columns, classes + 4)
    scores = outputs[..., :-4].sigmoid()
    left_top = centers - outputs[..., -4:-2]
    right_bottom = centers + outputs[..., -2:]
    boxes = torch.cat([left_top, right_bottom], dim=-1)
    return scores.flatten(1, 2), boxes.flatten(1, 2)


def find_objects(outputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the classes, scores and boxes of the objects in each scene, the surest first.

    Non-maximum suppression: the place with the highest score is an object, and all places whose
    boxes overlap with its box are dropped. This is repeated with what is left.

    Shapes: outputs (batch, classes + 4, rows, columns) -> classes and scores (batch, MOST_FOUND),
        boxes (batch, MOST_FOUND, 4).
    """
    scores_of_classes, boxes = read_boxes(outputs)
    scores, classes = scores_of_classes.max(dim=-1)  # (batch, places)
    found = []
    scenes = torch.arange(len(outputs), device=outputs.device)
    for _ in range(MOST_FOUND):
        score, place = scores.max(dim=1)  # (batch,)
        box = boxes[scenes, place]  # (batch, 4)
        found.append((classes[scenes, place], score, box))
        overlaps = find_iou(box[:, None], boxes)  # (batch, places)
        is_same = overlaps > SAME_OBJECT
        is_same[scenes, place] = True
        scores = scores.masked_fill(is_same, 0)
    found_classes, found_scores, found_boxes = zip(*found, strict=True)
    return (
        torch.stack(found_classes, dim=1),
        torch.stack(found_scores, dim=1),
        torch.stack(found_boxes, dim=1),
    )


def find_hits(classes: Tensor, boxes: Tensor, objects: Tensor) -> Tensor:
    """Tell which found objects, the surest first, are true ones that none before them was.

    Shapes: classes (batch, found) and boxes (batch, found, 4); objects (batch, true, 5) of a class
        and a box, of class -1 where there is none -> (batch, found), bool.
    """
    scenes = torch.arange(len(objects), device=objects.device)
    is_free = objects[..., 0] >= 0  # (batch, true)
    hits = []
    for place in range(classes.shape[1]):
        overlaps = find_iou(boxes[:, place, None], objects[..., 1:].float())
        can_be = is_free & (objects[..., 0] == classes[:, place, None])
        overlap, best = overlaps.masked_fill(~can_be, 0).max(dim=1)  # (batch,)
        is_hit = overlap >= LEAST_IOU
        is_free[scenes, best] &= ~is_hit
        hits.append(is_hit)
    return torch.stack(hits, dim=1)


def count_by_score(classes: Tensor, scores: Tensor, num_classes: int) -> Tensor:
    """Count objects of each class and of each bin of scores: (num_classes, NUM_BINS).

    Counts of batches add up, which average precisions do not.
    """
    bins = (scores * NUM_BINS).long().clamp(max=NUM_BINS - 1)
    cells = classes * NUM_BINS + bins
    counts = cells.flatten().bincount(minlength=num_classes * NUM_BINS)
    return counts.reshape(num_classes, NUM_BINS)


def find_average_precision(hits: Tensor, found: Tensor, num_true: Tensor) -> Tensor:
    """Return the average precision of each class that has true objects, from 0 to 1.

    It is the mean, over the true objects, of the best precision at which the object is found: the
    share of hits among all that is found with a score down to some bound. Objects that are never
    found count with 0.

    Shapes: hits and found (classes, bins), counts with the lowest scores first; num_true (classes,)
        -> (classes with true objects,).
    Source: Everingham and others (2010), The Pascal visual object classes challenge, with all
        points of the curve as in its later years.
    """
    hits_down_to = hits.flip(1).cumsum(dim=1)  # from the highest score downwards
    found_down_to = found.flip(1).cumsum(dim=1)
    precision = hits_down_to / found_down_to.clamp(min=1)
    upwards = precision.flip(1)  # the lowest scores first, like hits
    best_so_far = upwards.cummax(dim=1).values
    weighted = (hits * best_so_far).sum(dim=1)  # (classes,)
    has_true = num_true > 0
    return weighted[has_true] / num_true[has_true]
