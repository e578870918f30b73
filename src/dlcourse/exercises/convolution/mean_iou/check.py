"""Check convolution/mean_iou."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the share of correct pixels": "mean_iou({predicted}, {true}) returns {got}, expected "
    "{expected}: that is the share of correct pixels, which hides what happens to rare classes.",
    "shared pixels count twice": "mean_iou({predicted}, {true}) returns {got}, expected "
    "{expected}: the sum of both counts contains the shared pixels twice. Subtract them once.",
    "all pixels together": "mean_iou({predicted}, {true}) returns {got}, expected {expected}: you "
    "add the pixels of all classes first. Take the mean over the classes.",
    "only the true classes": "mean_iou({predicted}, {true}) returns {got}, expected {expected}: a "
    "class that was predicted wrongly and is nowhere true counts as 0.",
    "absent classes count": "mean_iou({predicted}, {true}) returns {got}, expected {expected}: "
    "classes that occur in neither list must be left out of the mean.",
    "another mean": "mean_iou({predicted}, {true}) returns {got}, expected {expected}.",
    "another random mean": "For {count} random pixels you return {got}, expected {expected}.",
    "the lists are changed": "Your function changes the lists that it gets.",
}


def find_mean(predicted, true, classes, twice=False):
    """Return the mean over some classes; twice: with shared pixels counted twice."""
    total = 0.0
    for number in classes:
        first = {place for place, other in enumerate(predicted) if other == number}
        second = {place for place, other in enumerate(true) if other == number}
        union = len(first) + len(second) if twice else len(first | second)
        total += len(first & second) / max(union, 1)
    return total / len(classes)


def compare(learner, predicted, true, key):
    """Compare the result with the right mean and with those of known mistakes."""
    copies = predicted[:], true[:]
    got = learner.mean_iou(*copies)
    expect_number(got, "mean_iou(predicted, true)")
    expect(copies == (predicted, true), "the lists are changed")
    classes = sorted({*predicted, *true})
    expected = find_mean(predicted, true, classes)
    num_correct = sum(a == b for a, b in zip(predicted, true, strict=True))
    mistakes = {
        "the share of correct pixels": num_correct / len(true),
        "shared pixels count twice": find_mean(predicted, true, classes, twice=True),
        "all pixels together": num_correct / (2 * len(true) - num_correct),
        "only the true classes": find_mean(predicted, true, sorted(set(true))),
        "absent classes count": find_mean(predicted, true, range(classes[-1] + 1)),
    }
    shown = {"predicted": predicted, "true": true, "got": got, "expected": expected}
    for name, mistaken in mistakes.items():
        others = [value for other, value in mistakes.items() if other != name]
        is_alone = not any(is_close(mistaken, value) for value in [*others, expected])
        expect(not (is_alone and is_close(got, mistaken)), name, **shown)
    expect(is_close(got, expected), key, count=len(true), **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then classes that occur once or nowhere, then random pixels."""
    compare(learner, [0, 1, 1, 1], [0, 0, 1, 1], "another mean")
    compare(learner, [1, 1, 2, 0, 0], [1, 1, 1, 0, 1], "another mean")
    compare(learner, [1, 4, 4, 1, 1], [4, 4, 4, 1, 1], "another mean")
    compare(learner, [2, 2], [0, 0], "another mean")
    for count in (9, 14, 23):
        predicted = [generator.randrange(5) for _ in range(count)]
        true = [place if generator.random() < 0.5 else 3 for place in predicted]
        compare(learner, predicted, true, "another random mean")
