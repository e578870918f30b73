"""Check recurrence/masked_loss."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "padding counts": "For losses {losses} and lengths {lengths} you return {got}, expected "
    "{expected}: the losses of padded steps count as well.",
    "divided by all steps": "For losses {losses} and lengths {lengths} you return {got}, expected "
    "{expected}: you divide by all steps. Divide by the real ones.",
    "mean of means": "For losses {losses} and lengths {lengths} you return {got}, expected "
    "{expected}: that is the mean of each sequence's mean. Each real step counts alike.",
    "the sum": "For losses {losses} and lengths {lengths} you return {got}, expected {expected}: "
    "that is the sum of the real losses, not their mean.",
    "divided by the sequences": "For losses {losses} and lengths {lengths} you return {got}, "
    "expected {expected}: you divide by the number of sequences.",
    "infinity times zero": "With an infinite loss in the padding you return {got}, expected "
    "{expected}. Infinity times 0 is nan: select the real losses instead.",
    "one step off": "For losses {losses} and lengths {lengths} you return {got}, expected "
    "{expected}: the step behind the real ones counts as well.",
    "another mean": "For losses {losses} and lengths {lengths} you return {got}, expected "
    "{expected}.",
    "the lists are changed": "Your function changes the losses or the lengths that it gets.",
}


def find_mistakes(losses, lengths):
    """Return the right mean, and what known mistakes make of the same losses."""
    real = [row[:length] for row, length in zip(losses, lengths, strict=True)]
    one_more = [row[: length + 1] for row, length in zip(losses, lengths, strict=True)]
    total = sum(map(sum, real))
    num_all = sum(map(len, losses))
    return total / sum(lengths), {
        "padding counts": sum(map(sum, losses)) / num_all,
        "divided by all steps": total / num_all,
        "mean of means": sum(sum(row) / len(row) for row in real) / len(real),
        "the sum": total,
        "divided by the sequences": total / len(losses),
        "one step off": sum(map(sum, one_more)) / sum(map(len, one_more)),
    }


def compare(learner, losses, lengths):
    """Compare one mean with those of known mistakes."""
    copies = [row[:] for row in losses], lengths[:]
    got = learner.masked_loss(*copies)
    expected, mistakes = find_mistakes(losses, lengths)
    shown = {"losses": losses, "lengths": lengths, "got": got, "expected": expected}
    is_nan = isinstance(got, float) and math.isnan(got)
    expect(not (is_nan and math.isfinite(expected)), "infinity times zero", **shown)
    expect_number(got, "masked_loss(losses, lengths)")
    expect(copies == (losses, lengths), "the lists are changed")
    for key, mistaken in mistakes.items():
        others = [value for other, value in mistakes.items() if other != key]
        is_alone = math.isfinite(mistaken)
        is_alone = is_alone and not any(is_close(mistaken, value) for value in [*others, expected])
        expect(not (is_alone and is_close(got, mistaken)), key, **shown)
    expect(is_close(got, expected), "another mean", **shown)


def check(learner, generator: random.Random) -> None:
    """Begin with finite losses, which show the cause; then the example, then random ones."""
    compare(learner, [[1.0, 2.0, 3.0], [6.0, 5.0, 9.0]], [3, 1])
    compare(learner, [[1.0, 2.0, 3.0], [6.0, math.inf, math.inf]], [3, 1])
    for num_steps, lengths in ((5, [2, 4, 1]), (7, [6, 3]), (6, [1, 5, 3, 2, 2])):
        losses = []
        for _ in lengths:
            losses.append([round(generator.uniform(0.5, 4), 2) for _ in range(num_steps)])
        compare(learner, losses, lengths)
