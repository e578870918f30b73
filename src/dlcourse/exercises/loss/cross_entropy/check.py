"""Check loss/cross_entropy."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "the sign is reversed": "For two equal logits you return {got}, expected 0.693147: the "
    "logarithm of a probability is negative, and the loss is minus that.",
    "another base": "For two equal logits you return {got}, expected 0.693147: this is the "
    "logarithm with base 2. Use math.log, which has base e.",
    "the example is wrong": "For two equal logits you return {got}, expected 0.693147.",
    "another class": "For {logits} and target {target} you return {got}, expected {expected}: this "
    "is the loss for target {other}.",
    "another loss": "For {logits} and target {target} you return {got}, expected {expected}.",
    "it overflows": "For [2000, 0] exp(2000) is too large for a float: subtract the largest logit "
    "inside the exponentials, and add it again outside.",
    "the probability becomes 0": "For [2000, 0] and target 1 the probability is rounded to 0, "
    "which has no logarithm: use log-sum-exp minus the logit, without the quotient.",
    "small probabilities are cut off": "For [2000, 0] and target 1 you return {got}, expected "
    "2000: something is added inside the logarithm, or the probability is cut off.",
    "the list is changed": "After a call the list of logits is {got}, before it was {expected}.",
    "the target is not subtracted": "For two equal logits and target 0 the gradient is {got}, "
    "expected [-0.5, 0.5]: these are the probabilities. Subtract 1 for the correct class.",
    "the gradient is reversed": "For two equal logits and target 0 the gradient is {got}, expected "
    "[-0.5, 0.5]: it is p − y, and a step goes against it.",
    "another gradient": "For {logits} and target {target} the gradient is {got}, expected "
    "{expected}.",
}


def right_loss(logits: list[float], target: int) -> float:
    """Return the loss."""
    largest = max(logits)
    return largest + math.log(sum(math.exp(z - largest) for z in logits)) - logits[target]


def right_gradient(logits: list[float], target: int) -> list[float]:
    """Return p - y."""
    slopes = [math.exp(z - max(logits)) for z in logits]
    slopes = [power / sum(slopes) for power in slopes]
    slopes[target] -= 1
    return slopes


def loss_of(learner, logits: list[float], target: int) -> float:
    """Return the learner's loss, if it is a number and the list is unchanged."""
    given = logits[:]
    got = learner.cross_entropy(given, target)
    expect(given == logits, "the list is changed", got=given, expected=logits)
    expect_number(got, "cross_entropy(logits, target)")
    return got


def compare_loss(learner, logits: list[float], target: int) -> None:
    """Compare with the loss that was expected, and with that of the other classes."""
    got = loss_of(learner, logits, target)
    expected = right_loss(logits, target)
    shown = {"logits": logits, "target": target, "got": got, "expected": expected}
    is_right = is_close(got, expected, 1e-9)
    for other in range(len(logits)):
        is_other = is_close(got, right_loss(logits, other))
        expect(is_right or not is_other, "another class", other=other, **shown)
    expect(is_right, "another loss", **shown)


def look_at_large_logits(learner) -> None:
    """Ask for the loss where exp overflows and where the probability is rounded to 0."""
    try:
        loss_of(learner, [2000.0, 0.0], 0)
    except OverflowError:
        expect(False, "it overflows")
    compare_loss(learner, [2000.0, 0.0], 0)
    try:
        got = loss_of(learner, [2000.0, 0.0], 1)
    except ValueError:  # math.log(0)
        expect(False, "the probability becomes 0")
        return
    expect(is_close(got, 2000.0), "small probabilities are cut off", got=got)
    compare_loss(learner, [-2000.0, -2001.0], 1)


def compare_gradient(learner, logits: list[float], target: int) -> None:
    """Compare the slopes."""
    given = logits[:]
    got = learner.gradient(given, target)
    expect(given == logits, "the list is changed", got=given, expected=logits)
    expect_list(got, len(logits), "gradient(logits, target)")
    for slope in got:
        expect_number(slope, "a slope")
    if logits == [0.0, 0.0]:
        is_p = are_close(got, [0.5, 0.5])
        expect(not is_p, "the target is not subtracted", got=got)
        expect(not are_close(got, [0.5, -0.5]), "the gradient is reversed", got=got)
    expected = right_gradient(logits, target)
    shown = {"logits": logits, "target": target, "got": got, "expected": expected}
    expect(are_close(got, expected, 1e-9), "another gradient", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the loss at two equal logits, random ones, large ones; then the gradient."""
    got = loss_of(learner, [0.0, 0.0], 0)
    expect(not is_close(got, -math.log(2)), "the sign is reversed", got=got)
    expect(not is_close(got, 1.0), "another base", got=got)
    expect(is_close(got, math.log(2)), "the example is wrong", got=got)
    lists = [[generator.uniform(-4, 4) for _ in range(count)] for count in (3, 5, 9)]
    for logits in lists:
        for target in (0, len(logits) - 1, 1):
            compare_loss(learner, logits, target)
    look_at_large_logits(learner)
    compare_gradient(learner, [0.0, 0.0], 0)
    for logits in [*lists, [1000.0, 998.0, 0.0]]:
        compare_gradient(learner, logits, len(logits) - 1)
        compare_gradient(learner, logits, 1)
