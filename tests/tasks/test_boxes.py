import pytest
import torch

from dlcourse.tasks import boxes
from dlcourse.tasks.boxes import (
    MOST_FOUND,
    count_by_score,
    find_average_precision,
    find_centers,
    find_hits,
    find_iou,
    find_objects,
    read_boxes,
)

NOTHING = [-1, 0, 0, 0, 0]


def make_outputs(places, side=4, num_classes=3):
    """Return outputs (1, classes + 4, side, side); places: (row, column) -> (class, logit, box)."""
    outputs = torch.zeros(1, num_classes + 4, side, side)
    outputs[:, :num_classes] = -20
    centers = find_centers(outputs)
    for (row, column), (number, logit, box) in places.items():
        x, y = centers[row, column].tolist()
        left, top, right, bottom = box
        outputs[0, number, row, column] = logit
        distances = torch.tensor([x - left, y - top, right - x, bottom - y])
        outputs[0, num_classes:, row, column] = distances
    return outputs


# Intersection over union


@pytest.mark.parametrize(
    ("box", "other", "expected"),
    [
        ((0, 0, 10, 10), (0, 0, 10, 10), 1.0),
        ((0, 0, 10, 10), (5, 0, 15, 10), 50 / 150),
        ((0, 0, 10, 10), (2, 2, 8, 8), 36 / 100),
        ((0, 0, 10, 10), (10, 0, 20, 10), 0.0),  # they touch
        ((0, 0, 10, 10), (20, 20, 30, 30), 0.0),
        ((5, 5, 5, 5), (5, 5, 5, 5), 0.0),  # no area
        ((8, 8, 2, 2), (0, 0, 10, 10), 0.0),  # edges in the wrong order
    ],
)
def test_intersection_over_union_of_two_boxes(box, other, expected):
    first, second = torch.tensor(box, dtype=torch.float), torch.tensor(other, dtype=torch.float)
    assert find_iou(first, second).item() == pytest.approx(expected)
    assert find_iou(second, first).item() == pytest.approx(expected)


def test_all_boxes_are_compared_with_all_others():
    several = torch.rand(5, 1, 4)
    others = torch.rand(5, 3, 4)
    assert find_iou(several, others).shape == (5, 3)


# What the outputs stand for


def test_places_are_in_the_middle_of_their_pixels():
    centers = find_centers(torch.zeros(1, 7, 2, 3))
    assert centers.tolist() == [[[1, 1], [3, 1], [5, 1]], [[1, 3], [3, 3], [5, 3]]]


def test_outputs_are_read_as_scores_and_boxes():
    outputs = make_outputs({(1, 2): (0, 0.0, (2, 1, 9, 8))})
    scores, found = read_boxes(outputs)
    assert scores.shape == (1, 16, 3)
    assert found.shape == (1, 16, 4)
    place = 1 * 4 + 2
    assert scores[0, place, 0] == 0.5
    assert found[0, place].tolist() == [2, 1, 9, 8]


def test_of_boxes_that_overlap_the_surest_is_kept():
    outputs = make_outputs(
        {
            (0, 0): (1, 2.0, (0, 0, 4, 4)),
            (0, 1): (1, 3.0, (0, 0, 4, 5)),  # the same object: 16 / 20
            (1, 0): (2, 1.0, (0, 0, 4, 4.5)),  # likewise, though of another class
            (3, 3): (0, -1.0, (4, 4, 8, 8)),  # another object
        }
    )
    classes, scores, found = find_objects(outputs)
    assert classes.shape == scores.shape == (1, MOST_FOUND)
    assert classes[0, :2].tolist() == [1, 0]
    assert found[0, :2].tolist() == [[0, 0, 4, 5], [4, 4, 8, 8]]
    expected = torch.tensor([3.0, -1.0]).sigmoid()
    torch.testing.assert_close(scores[0, :2], expected)
    assert (scores[0, 2:] < 1e-6).all()


@pytest.mark.parametrize(("overlap", "num_kept"), [(0.38, 2), (0.42, 1)])
def test_boxes_that_overlap_by_more_than_the_bound_are_the_same_object(overlap, num_kept):
    # Two boxes of area 100, moved by d: the overlap is (10 - d) / (10 + d).
    shift = 10 * (1 - overlap) / (1 + overlap)
    outputs = make_outputs(
        {(0, 0): (0, 2.0, (0, 0, 10, 10)), (0, 1): (0, 1.0, (shift, 0, 10 + shift, 10))}
    )
    _, scores, _ = find_objects(outputs)
    assert (scores > 0.5).sum() == num_kept


def test_a_place_is_found_once_even_if_its_box_has_no_area():
    outputs = make_outputs({(0, 0): (0, 5.0, (3, 3, 1, 1))})
    _, scores, _ = find_objects(outputs)
    assert (scores[0] > 0.9).sum() == 1


def test_each_scene_is_searched_on_its_own():
    torch.manual_seed(0)
    outputs = torch.randn(6, 7, 8, 8)
    together = find_objects(outputs)
    for number in range(6):
        alone = find_objects(outputs[number : number + 1])
        for part, one in zip(together, alone, strict=True):
            torch.testing.assert_close(part[number], one[0])


# Which of them are right


def hits_of(found, objects):
    """Return which of the found (class, box) are true, as a list."""
    classes = torch.tensor([[number for number, _ in found]])
    found_boxes = torch.tensor([[box for _, box in found]], dtype=torch.float)
    return find_hits(classes, found_boxes, torch.tensor([objects]))[0].tolist()


def test_a_hit_has_the_right_class_and_overlaps_by_at_least_half():
    true = [[2, 0, 0, 10, 10], NOTHING]
    assert hits_of([(2, (0, 0, 10, 10))], true) == [True]
    assert hits_of([(1, (0, 0, 10, 10))], true) == [False]
    assert hits_of([(2, (0, 0, 10, 5))], true) == [True]  # 50 / 100
    assert hits_of([(2, (0, 0, 10, 4.9))], true) == [False]


def test_an_object_is_hit_once():
    found = [(2, (0, 0, 10, 9)), (2, (0, 0, 10, 10)), (2, (20, 20, 30, 30))]
    assert hits_of(found, [[2, 0, 0, 10, 10], NOTHING]) == [True, False, False]
    assert hits_of(found, [[2, 0, 0, 10, 10], [2, 20, 20, 30, 30]]) == [True, False, True]


def test_nothing_is_hit_where_nothing_is():
    assert hits_of([(0, (0, 0, 0, 0)), (0, (0, 0, 9, 9))], [NOTHING, NOTHING]) == [False, False]


# Average precision


def average_precision(scored, num_true):
    """Return that of one class, from pairs (score, whether it is a hit)."""
    scores = torch.tensor([score for score, _ in scored])
    is_hit = torch.tensor([hit for _, hit in scored])
    zeros = torch.zeros(len(scored), dtype=torch.long)
    hits = count_by_score(zeros[is_hit], scores[is_hit], 1)
    found = count_by_score(zeros, scores, 1)
    return find_average_precision(hits, found, torch.tensor([num_true])).item()


@pytest.mark.parametrize(
    ("scored", "num_true", "expected"),
    [
        ([(0.9, True), (0.8, True)], 2, 1.0),
        ([(0.9, True), (0.8, True)], 4, 0.5),  # two are never found
        ([(0.9, False), (0.8, True)], 1, 0.5),
        ([(0.9, True), (0.8, False)], 1, 1.0),  # found before the mistake
        # Precision 1, 1/2, 2/3 at the hits 1 and 3: 1/3 of (1 + 2/3)
        ([(0.9, True), (0.8, False), (0.7, True)], 3, (1 + 2 / 3) / 3),
        # The precision of 1/2 at the first hit is improved by the 2/3 that comes later.
        ([(0.9, False), (0.8, True), (0.7, True)], 2, 2 / 3),
        ([(0.9, False)], 3, 0.0),
        ([(1.0, True), (0.0, False)], 1, 1.0),  # the ends of the scale
    ],
)
def test_average_precision_by_hand(scored, num_true, expected):
    assert average_precision(scored, num_true) == pytest.approx(expected)


def exact_average_precision(scored, num_true):
    """Return the average precision from the sorted detections themselves."""
    ordered = sorted(scored, reverse=True)
    precisions = []
    num_hits = 0
    for rank, (_, is_hit) in enumerate(ordered, start=1):
        num_hits += is_hit
        precisions.append((num_hits / rank, is_hit))
    total = 0.0
    for place, (_, is_hit) in enumerate(precisions):
        if is_hit:
            total += max(precision for precision, _ in precisions[place:])
    return total / num_true


@pytest.mark.parametrize("seed", range(5))
def test_bins_of_scores_change_the_average_precision_little(seed):
    torch.manual_seed(seed)
    scores = torch.rand(300).tolist()
    scored = [(score, bool(torch.rand(()) < score)) for score in scores]
    num_true = sum(hit for _, hit in scored) + 20
    exact = exact_average_precision(scored, num_true)
    # 300 scores in 1,000 bins: 40 of them share a bin, which moves a few precisions by 1 / 150.
    assert average_precision(scored, num_true) == pytest.approx(exact, abs=2e-3)


def test_a_class_that_does_not_occur_does_not_count():
    hits = torch.zeros(3, boxes.NUM_BINS)
    found = torch.zeros(3, boxes.NUM_BINS)
    hits[1, 900] = found[1, 900] = found[0, 950] = 1
    precisions = find_average_precision(hits, found, torch.tensor([0, 1, 2]))
    assert precisions.tolist() == [1, 0]
    assert find_average_precision(hits, found, torch.tensor([0, 0, 0])).tolist() == []


def test_counts_of_parts_add_up():
    torch.manual_seed(0)
    classes = torch.randint(10, (40, 8))
    scores = torch.rand(40, 8)
    whole = count_by_score(classes, scores, 10)
    parts = count_by_score(classes[:13], scores[:13], 10) + count_by_score(
        classes[13:], scores[13:], 10
    )
    assert whole.shape == (10, boxes.NUM_BINS)
    assert torch.equal(whole, parts)
    assert whole.sum() == 320
