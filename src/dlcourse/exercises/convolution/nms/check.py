"""Check convolution/nms."""

import random

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "the scores are ignored": "You keep {got}, expected {expected}: the highest score, 0.9, "
    "belongs to box 2. Begin with the highest score, not with the first box.",
    "nothing is dropped": "You keep {got}, expected {expected}: box 0 and box 2 have an IoU of "
    "0.82, which is above the limit of 0.4.",
    "scores instead of numbers": "You return {got}, expected {expected}: the places of the kept "
    "boxes in the list, not the boxes or their scores.",
    "another order": "You keep {got}, expected {expected}: the same boxes, with the highest score "
    "first.",
    "boxes that lie apart": "The second box lies to the right of the first one and below it. You "
    "keep {got}, expected {expected}: a negative width times a negative height is no area.",
    "a dropped box drops others": "Three boxes in a row, each with an IoU of 0.5 with the next. "
    "You keep {got}, expected {expected}: box 1 is dropped, so it cannot drop box 2.",
    "boxes that touch": "Two boxes side by side touch and share nothing. You keep {got}, expected "
    "{expected}: the shared width is 0.",
    "one below the other": "One box lies directly below the other, and they share nothing. You "
    "keep {got}, expected {expected}: the shared height is 0.",
    "not over the union": "A box of 4 x 4 inside one of 10 x 10 has the IoU 16 / 100. With limit "
    "0.3 you keep {got}, expected {expected}.",
    "shared area counts twice": "Two boxes share 60 and cover 140, so their IoU is 0.43. With "
    "limit 0.4 you keep {got}, expected {expected}: subtract the shared area from the sum.",
    "at the limit": "The IoU equals the limit, 0.5. You keep {got}, expected {expected}: only "
    "boxes *above* the limit are dropped.",
    "other boxes": "For {count} boxes and the limit {limit} you keep {got}, expected {expected}.",
    "no boxes": "Without any box you return {got}, expected an empty list.",
    "the lists are changed": "Your function changes the lists that it gets.",
}


def overlap(box, other):
    """Return the IoU of two boxes."""
    width = max(0, min(box[2], other[2]) - max(box[0], other[0]))
    height = max(0, min(box[3], other[3]) - max(box[1], other[1]))
    areas = [(one[2] - one[0]) * (one[3] - one[1]) for one in (box, other)]
    return width * height / (sum(areas) - width * height)


def keep(boxes, scores, limit):
    """Return the numbers that are left when the best box drops others, again and again."""
    left = set(range(len(boxes)))
    kept = []
    while left:
        best = max(left, key=scores.__getitem__)
        kept.append(best)
        left = {i for i in left - {best} if overlap(boxes[best], boxes[i]) <= limit}
    return kept


def ask(learner, boxes, scores, limit):
    """Return what the learner keeps, as a list."""
    copies = [box[:] for box in boxes], scores[:]
    got = learner.suppress(*copies, limit)
    expect_list(got, len(got) if isinstance(got, list) else 0, "suppress(...)")
    expect(copies == (boxes, scores), "the lists are changed")
    return got


def check(learner, generator: random.Random) -> None:
    """Compare the example, then one case for each trap, then random boxes."""
    boxes = [[3, 2, 13, 12], [20, 6, 28, 14], [2, 2, 12, 12]]
    got = ask(learner, boxes, [0.8, 0.7, 0.9], 0.4)
    shown = {"got": got, "expected": [2, 1]}
    are_numbers = all(type(number) is int and 0 <= number < 3 for number in got)
    expect(are_numbers, "scores instead of numbers", **shown)
    expect(len(got) != 3, "nothing is dropped", **shown)
    expect(0 not in got, "the scores are ignored", **shown)
    expect(got != [1, 2], "another order", **shown)
    pair = [0.9, 0.5]
    row = [[0, 0, 9, 5], [3, 0, 12, 5], [6, 0, 15, 5]]
    cases = {  # boxes, scores and limit, what to keep, and what the mistake keeps
        "boxes that lie apart": ([[0, 0, 4, 5], [9, 11, 13, 16]], pair, 0.3, [0, 1], [0]),
        "boxes that touch": ([[0, 0, 4, 5], [4, 0, 8, 5]], pair, 0.1, [0, 1], [0]),
        "not over the union": ([[0, 0, 10, 10], [3, 3, 7, 7]], pair, 0.3, [0, 1], [0]),
        "shared area counts twice": ([[0, 0, 10, 10], [4, 0, 14, 10]], pair, 0.4, [0], [0, 1]),
        "at the limit": (row[:2], pair, 0.5, [0, 1], [0]),
        "a dropped box drops others": (row, [0.9, 0.8, 0.7], 0.4, [0, 2], [0]),
        "one below the other": ([[0, 0, 5, 4], [0, 4, 5, 8]], pair, 0.1, [0, 1], [0]),
    }
    for key, (boxes, scores, limit, expected, mistaken) in cases.items():
        got = ask(learner, boxes, scores, limit)
        expect(got != mistaken, key, got=got, expected=expected)
        shown = {"count": len(boxes), "limit": limit, "got": got, "expected": expected}
        expect(got == expected, "other boxes", **shown)
    for count in (5, 9, 14):
        boxes = []
        for _ in range(count):
            left, top = generator.randint(0, 12), generator.randint(0, 9)
            right, bottom = left + generator.randint(3, 9), top + generator.randint(4, 7)
            boxes.append([left, top, right, bottom])
        scores = generator.sample([number / 100 for number in range(100)], count)
        limit = generator.uniform(0.1, 0.4)
        got, expected = ask(learner, boxes, scores, limit), keep(boxes, scores, limit)
        shown = {"count": count, "limit": limit, "got": got, "expected": expected}
        expect(got == expected, "other boxes", **shown)
    got = ask(learner, [], [], 0.5)
    expect(got == [], "no boxes", got=got)
