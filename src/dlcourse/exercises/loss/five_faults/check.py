"""Check loss/five_faults."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "softmax overflows": "softmax([1000, 0]) overflows: exp(1000) is too large for a float, and "
    "the text below its name promises logits of any size.",
    "another softmax": "softmax({logits}) returns {got}, expected {expected}.",
    "softmax is applied twice": "cross_entropy({logits}, {target}) returns {got}, expected "
    "{expected}: this is the loss after a second softmax.",
    "the logarithm is missing": "cross_entropy({logits}, {target}) returns {got}, expected "
    "{expected}: this is 1 minus the probability, without a logarithm.",
    "another loss": "cross_entropy({logits}, {target}) returns {got}, expected {expected}.",
    "the losses are added": "With {count} examples batch_loss returns {got}, expected {expected}: "
    "this is the sum, and it grows with the size of the batch.",
    "another batch loss": "With {count} examples batch_loss returns {got}, expected {expected}.",
    "one logit is always the largest": "answer({logits}) returns {got}, expected {expected}: a "
    "single logit is always the largest. Its sign decides.",
    "a logit is no probability": "answer({logits}) returns {got}, expected {expected}: the "
    "probability is above one half where the logit is above 0.",
    "another answer": "answer({logits}) returns {got}, expected {expected}.",
    "the objective has no slope": "A nudge of 0.001 to a logit changes your objective by 0: it "
    "counts answers, and training needs a slope to follow.",
    "another objective": "The objective is {got}, expected {expected}: the mean loss of the batch.",
}
BATCH = [[2.0, 0.0, 1.0], [0.0, 1.0, 3.0]]
TARGETS = [0, 1]


def right_softmax(logits: list[float]) -> list[float]:
    """Return the probabilities."""
    powers = [math.exp(logit - max(logits)) for logit in logits]
    return [power / sum(powers) for power in powers]


def right_loss(logits: list[float], target: int) -> float:
    """Return the cross-entropy."""
    return -math.log(right_softmax(logits)[target])


def look_at_softmax(learner, logits: list[float]) -> None:
    """Compare the probabilities."""
    try:
        got = learner.softmax(logits[:])
    except OverflowError:
        expect(False, "softmax overflows")
        return
    expect_list(got, len(logits), "softmax(logits)")
    expected = right_softmax(logits)
    shown = {"logits": logits, "got": got, "expected": expected}
    expect(are_close(got, expected), "another softmax", **shown)


def look_at_loss(learner, logits: list[float], target: int) -> None:
    """Compare the loss of one example."""
    got = learner.cross_entropy(logits[:], target)
    expect_number(got, "cross_entropy(logits, target)")
    expected = right_loss(logits, target)
    shown = {"logits": logits, "target": target, "got": got, "expected": expected}
    probabilities = right_softmax(logits)
    twice = right_loss(probabilities, target)
    expect(not is_close(got, twice), "softmax is applied twice", **shown)
    no_log = is_close(got, 1 - probabilities[target])
    expect(not no_log, "the logarithm is missing", **shown)
    expect(is_close(got, expected), "another loss", **shown)


def look_at_batch(learner, batch: list[list[float]], targets: list[int]) -> float:
    """Compare the loss of a batch, and return it."""
    got = learner.batch_loss([logits[:] for logits in batch], targets[:])
    expect_number(got, "batch_loss(batch, targets)")
    losses = [right_loss(logits, target) for logits, target in zip(batch, targets, strict=True)]
    expected = sum(losses) / len(losses)
    shown = {"count": len(batch), "got": got, "expected": expected}
    is_sum = len(batch) > 1 and is_close(got, sum(losses))
    expect(not is_sum, "the losses are added", **shown)
    expect(is_close(got, expected), "another batch loss", **shown)
    return expected


def look_at_answer(learner, logits: list[float], expected: int) -> None:
    """Compare the answer for one example."""
    got = learner.answer(logits[:])
    expect_number(got, "answer(logits)")
    shown = {"logits": logits, "got": got, "expected": expected}
    if got != expected and len(logits) == 1:
        is_far = abs(logits[0]) > 1
        expect(not is_far, "one logit is always the largest", **shown)
        expect(logits[0] == 0, "a logit is no probability", **shown)
    expect(got == expected, "another answer", **shown)


def look_at_objective(learner, batch: list[list[float]], targets: list[int]) -> None:
    """Nudge a logit, and look whether the objective changes."""
    before = learner.objective([logits[:] for logits in batch], targets[:])
    expect_number(before, "objective(batch, targets)")
    nudged = [logits[:] for logits in batch]
    nudged[0][0] += 0.001
    after = learner.objective(nudged, targets[:])
    expect_number(after, "objective(batch, targets)")
    expect(after != before, "the objective has no slope")
    losses = [right_loss(logits, target) for logits, target in zip(batch, targets, strict=True)]
    expected = sum(losses) / len(losses)
    is_right = is_close(before, expected)
    expect(is_right, "another objective", got=before, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Go through the five functions, from the first to the last."""
    batches = [(BATCH, TARGETS)]
    for count, classes in [(3, 5), (7, 3), (1, 6)]:
        batch = [[generator.uniform(-3, 3) for _ in range(classes)] for _ in range(count)]
        targets = [generator.randrange(classes) for _ in range(count)]
        batches.append((batch, targets))
    for batch, _ in batches:
        look_at_softmax(learner, batch[0])
    look_at_softmax(learner, [1000.0, 0.0])
    look_at_softmax(learner, [-1000.0, -1001.0])
    for batch, targets in batches:
        look_at_loss(learner, batch[0], targets[0])
    for batch, targets in batches:
        look_at_batch(learner, batch, targets)
    for logits, expected in [([1.5], 1), ([-1.5], 0), ([0.2], 1), ([-0.2], 0), ([0.0], 0)]:
        look_at_answer(learner, logits, expected)
    for batch, _ in batches:
        for logits in batch:
            look_at_answer(learner, logits, logits.index(max(logits)))
    for batch, targets in batches:
        look_at_objective(learner, batch, targets)
