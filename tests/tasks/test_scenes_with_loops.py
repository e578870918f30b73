"""Compare boxes, detectors and segmentation with loops; oracles.py says how."""

import importlib
import itertools

import pytest
import torch
import torch.nn.functional as F
from oracles import compare, generator_of, plain, same
from sklearn.metrics import average_precision_score
from torch import Tensor


def random_boxes(*sizes: int, seed: int) -> Tensor:
    """Return boxes whose corners lie from 0 to 40 pixels, in float64."""
    corners = 20 * torch.rand(*sizes, 2, 2, generator=generator_of(seed), dtype=torch.float64)
    return torch.cat([corners[..., 0, :], corners[..., 0, :] + corners[..., 1, :]], dim=-1)


def check_boxes(module):
    """Compare overlaps, the suppression of boxes, hits and precisions with other libraries."""
    one = random_boxes(5, seed=1)
    two = random_boxes(7, seed=2)
    compare(lambda a, b: module.find_iou(a[:, None], b), overlaps_of, one, two)
    compare(module.find_area, lambda boxes: torch.stack([area_of(box) for box in boxes]), one)
    reversed_box = torch.tensor([[5.0, 0.0, 2.0, 3.0], [0.0, 5.0, 3.0, 2.0]])
    same(module.find_area(reversed_box), [0.0, 0.0])
    same(module.find_iou(reversed_box, reversed_box), [0.0, 0.0])
    tiny = torch.tensor([[0.0, 0.0, 0.001, 0.002]], dtype=torch.float64)
    same(module.find_iou(tiny, tiny), [1.0])
    outputs = torch.randn(3, 6, 4, 5, generator=generator_of(3), dtype=torch.float64) * 4
    check_found(module, outputs)
    check_bounds(module)
    check_hits(module)
    classes = torch.tensor([[0, 1, 1], [1, 0, 1]])
    scores = torch.tensor([[0.0005, 0.5, 0.50049], [1.0, 0.9999, 0.123]])
    counts = module.count_by_score(classes, scores, 3)
    expected = torch.zeros(3, 1000)
    for label, score in zip(classes.flatten(), scores.flatten(), strict=True):
        expected[label, min(int(score * 1000), 999)] += 1
    same(counts, expected)
    for seed in range(3):
        labels = torch.rand(40, generator=generator_of(seed)) < 0.4
        kinds = torch.tensor([0, 1]).repeat_interleave(40)
        sure = (torch.randperm(40, generator=generator_of(seed + 9)) / 40) ** 1.5 + 0.0005
        both = torch.cat([labels, ~labels])
        hits = module.count_by_score(kinds[both], sure.repeat(2)[both], 2)
        found = module.count_by_score(kinds, sure.repeat(2), 2)
        num_true = torch.stack([labels.sum(), (~labels).sum()])
        order = sure.argsort(descending=True)
        expected = [precision_of(labels[order]), precision_of(~labels[order])]
        same(module.find_average_precision(hits, found, num_true), expected)
    none = module.find_average_precision(torch.zeros(2, 4), torch.ones(2, 4), torch.tensor([0, 1]))
    same(none, [0.0])
    half = module.find_average_precision(torch.eye(4)[:1], torch.ones(1, 4), torch.tensor([2]))
    same(half, [0.125])  # one of two objects, found behind three mistakes


def area_of(box: Tensor) -> Tensor:
    return (box[2] - box[0]) * (box[3] - box[1])


def overlap_of(one: Tensor, two: Tensor) -> Tensor:
    """Return the intersection over the union of two boxes with an area."""
    width = torch.minimum(one[2], two[2]) - torch.maximum(one[0], two[0])
    height = torch.minimum(one[3], two[3]) - torch.maximum(one[1], two[1])
    if width <= 0 or height <= 0:
        return 0 * width
    shared = width * height
    return shared / (area_of(one) + area_of(two) - shared)


def overlaps_of(ones: Tensor, twos: Tensor) -> Tensor:
    """Return the intersections over unions of all pairs of boxes."""
    rows = [torch.stack([overlap_of(one, two) for two in twos]) for one in ones]
    return torch.stack(rows)


def suppress(boxes: Tensor, scores: Tensor, most: float) -> Tensor:
    """Return the boxes that overlap with none that is surer and kept, the surest first."""
    kept: list[int] = []
    for place in scores.argsort(descending=True).tolist():
        if all(overlap_of(boxes[place], boxes[other]) <= most for other in kept):
            kept.append(place)
    return torch.tensor(kept)


def precision_of(is_hit: Tensor) -> float:
    """Return the mean over all hits of the best precision at or after each, the surest first."""
    precisions = is_hit.cumsum(0) / torch.arange(1, len(is_hit) + 1)
    best = [precisions[place:].max().item() for place in range(len(is_hit))]
    smooth = [value for value, hit in zip(best, is_hit.tolist(), strict=True) if hit]
    rough = average_precision_score(is_hit.tolist(), range(len(is_hit), 0, -1))
    mean = sum(smooth) / len(smooth)
    assert mean >= rough - 1e-9  # scikit-learn takes the precision at each, and not the best after
    return mean


def check_found(module, outputs: Tensor):
    """Compare the objects of a detector's outputs with a loop over its places."""
    rows, columns = outputs.shape[-2:]
    scores, boxes = module.read_boxes(outputs)
    for row, column in itertools.product(range(rows), range(columns)):
        x = module.STRIDE * (column + 0.5)
        y = module.STRIDE * (row + 0.5)
        left, top, right, bottom = outputs[:, -4:, row, column].unbind(1)
        expected = torch.stack([x - left, y - top, x + right, y + bottom], dim=1)
        same(boxes[:, row * columns + column], expected)
        same(scores[:, row * columns + column], torch.sigmoid(outputs[:, :-4, row, column]))
    outputs = outputs.clone()
    outputs[:, -4:] = outputs[:, -4:].abs() * 2 + 1  # boxes with an area, many of which overlap
    scores, boxes = module.read_boxes(outputs)
    classes, found_scores, found_boxes = module.find_objects(outputs)
    for scene in range(len(outputs)):
        best, label = scores[scene].max(dim=1)
        kept = suppress(boxes[scene], best, module.SAME_OBJECT)[: module.MOST_FOUND]
        count = len(kept)
        same(found_scores[scene, :count], best[kept])
        same(found_scores[scene, count:], torch.zeros(module.MOST_FOUND - count))
        same(classes[scene, :count], label[kept])
        same(found_boxes[scene, :count], boxes[scene, kept])


def check_bounds(module):
    """Look at boxes that overlap by exactly what decides, and at one without an area."""
    outputs = torch.zeros(1, 5, 1, 3, dtype=torch.float64)
    outputs[0, 0, 0] = torch.tensor([1.0, 0.5, 2.0])
    outputs[0, 1:, 0, 0] = torch.tensor([1.0, 1.0, 6.0, 0.0])  # from 0 to 7
    outputs[0, 1:, 0, 1] = torch.tensor([0.0, 1.0, 7.0, 0.0])  # from 3 to 10: they share 4 of 10
    outputs[0, 1:, 0, 2] = torch.tensor([-1.0, 1.0, -1.0, 0.0])  # from 6 to 4
    _, scores, _ = module.find_objects(outputs)
    expected = torch.tensor([2.0, 1.0, 0.5]).sigmoid()
    same(scores[0], [*expected, *[0.0] * (module.MOST_FOUND - 3)])
    objects = torch.tensor([[[0.0, 0.0, 0.0, 3.0, 1.0]]])
    boxes = torch.tensor([[[1.0, 0.0, 4.0, 1.0]]])  # it shares 2 of 4
    assert module.find_hits(torch.zeros(1, 1).long(), boxes, objects).tolist() == [[True]]


def check_hits(module):
    """Compare hits with a loop over the found objects, for boxes that are near to true ones."""
    objects = torch.cat(
        [torch.randint(0, 2, (6, 3, 1)).double(), random_boxes(6, 3, seed=4)], dim=-1
    )
    objects[..., 0] = torch.randint(0, 2, (6, 3), generator=generator_of(5))
    objects[0, 2, 0] = -1
    moves = torch.randn(6, 5, 4, generator=generator_of(6), dtype=torch.float64)
    boxes = objects[:, [0, 1, 2, 0, 1], 1:] + 1.5 * moves
    classes = objects[:, [0, 1, 2, 0, 1], 0].long().clamp(min=0)
    classes[:, 1] = 1 - classes[:, 1] * (torch.arange(6) % 2)
    hits = module.find_hits(classes, boxes, objects)
    for scene in range(6):
        free = {place for place in range(3) if objects[scene, place, 0] >= 0}
        for place in range(5):
            overlaps = {
                true: overlap_of(boxes[scene, place], objects[scene, true, 1:]).item()
                for true in free
                if objects[scene, true, 0] == classes[scene, place]
            }
            best = max(overlaps, key=overlaps.get, default=None)
            is_hit = best is not None and overlaps[best] >= module.LEAST_IOU
            assert bool(hits[scene, place]) == is_hit
            if is_hit:
                free.remove(best)
    assert 0 < hits.sum() < hits.numel()


def check_detector(module):
    """Compare a detector's loss and what it learns at each place with a loop over the places."""
    objects = torch.zeros(4, 3, 5, dtype=torch.int64)
    objects[..., 1:] = (random_boxes(4, 3, seed=8) * 0.7).long()
    objects[..., 0] = torch.tensor([[2, 0, 1], [1, 2, -1], [-1, -1, -1], [0, 1, 0]])
    outputs = torch.randn(4, 7, 8, 8, generator=generator_of(9), dtype=torch.float64)
    centers = module.find_centers(outputs).double()
    objects[0, 0, 1:] = torch.tensor([0, 1, 4, 5])
    family = plain(module.Detect)

    def by_loop(outputs):
        total = torch.zeros((), dtype=outputs.dtype)
        for scene, row, column in itertools.product(range(4), range(8), range(8)):
            place = centers[row, column]
            label = torch.zeros(3, dtype=outputs.dtype)
            reach = {}
            for number, true in enumerate(objects[scene]):
                middle = (true[1:3] + true[3:5]) / 2
                if true[0] >= 0:
                    reach[number] = (middle - place).abs().max().item()
            nearest = min(reach, key=reach.get, default=None)
            if nearest is not None and reach[nearest] <= module.REACH:
                true = objects[scene, nearest]
                label[int(true[0])] = 1
                edges = torch.cat([place - true[1:3], true[3:5] - place]).double()
                total = total + F.smooth_l1_loss(outputs[scene, -4:, row, column], edges) * 4
            probability = outputs[scene, :-4, row, column].sigmoid()
            total = total - (label * probability.log()).sum()
            total = total - ((1 - label) * (1 - probability).log()).sum()
        return total / 4

    compare(lambda outputs: family.loss(lambda _: outputs, (None, objects)), by_loop, outputs)
    images = torch.zeros(4, 1)
    measured = family.measure(lambda _: outputs.float(), (images, objects))
    same(measured["loss"][0], by_loop(outputs) * 4)
    (hits, found), num_true = measured["average_precision"]
    same(num_true, [3, 3, 2])
    assert measured["loss"][1] == 4
    assert found.sum() == 4 * 8
    perfect = perfect_outputs(objects, centers)
    (hits, _), num_true = family.measure(lambda _: perfect, (images, objects))["average_precision"]
    same(hits.sum(dim=1), num_true)
    sums = {
        "loss": (torch.tensor(6.0), torch.tensor(4)),
        "average_precision": ((hits, hits), num_true),
    }
    figures = family.figures(sums)
    assert figures == {"loss": 1.5, "average_precision": 1.0}
    sums["average_precision"] = ((hits, hits), num_true * 0)
    assert family.figures(sums)["average_precision"] == 0.0


def perfect_outputs(objects: Tensor, centers: Tensor) -> Tensor:
    """Return a detector's outputs that name the nearest object at the place nearest to each."""
    outputs = torch.full((len(objects), 7, *centers.shape[:2]), -20.0)
    for scene, true in itertools.product(range(len(objects)), range(objects.shape[1])):
        label, *box = objects[scene, true].tolist()
        if label < 0:
            continue
        middle = torch.tensor([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
        row, column = divmod((centers - middle).square().sum(-1).argmin().item(), centers.shape[1])
        x, y = centers[row, column].tolist()
        outputs[scene, int(label), row, column] = 9.0 - true
        outputs[scene, -4:, row, column] = torch.tensor(
            [x - box[0], y - box[1], box[2] - x, box[3] - y]
        )
    return outputs


def check_segmentation(module):
    """Compare the loss of pixels and the intersections and unions with a table of pairs."""
    logits = torch.randn(3, 4, 5, 6, generator=generator_of(2), dtype=torch.float64)
    masks = torch.randint(0, 3, (3, 5, 6), generator=generator_of(3))
    images = torch.zeros(3)
    family = plain(module.Segment)

    def by_hand(logits):
        chosen = logits.log_softmax(dim=1).gather(1, masks[:, None])
        return -chosen.mean()

    compare(lambda logits: family.loss(lambda _: logits, (images, masks)), by_hand, logits)
    measured = family.measure(lambda _: logits, (images, masks))
    same(measured["loss"][0], by_hand(logits) * 3)
    assert measured["loss"][1] == 3
    pairs = torch.zeros(4, 4)
    for true, predicted in zip(masks.flatten(), logits.argmax(dim=1).flatten(), strict=True):
        pairs[true, predicted] += 1
    same(measured["mean_iou"][0], pairs.diag())
    same(measured["mean_iou"][1], pairs.sum(0) + pairs.sum(1) - pairs.diag())
    sums = {
        "loss": (torch.tensor(3.0), torch.tensor(2)),
        "mean_iou": (torch.tensor([1, 2, 0]), torch.tensor([1, 8, 0])),
    }
    assert family.figures(sums) == {"loss": 1.5, "mean_iou": 0.625}
    assert family.count_classes({"class_names": "abc"}) == 4


ORACLES = {
    "dlcourse.tasks.boxes": check_boxes,
    "dlcourse.tasks.detect": check_detector,
    "dlcourse.tasks.segment": check_segmentation,
}


@pytest.mark.parametrize("module", ORACLES)
def test_values_and_gradients_are_equal(module):
    ORACLES[module](importlib.import_module(module))
