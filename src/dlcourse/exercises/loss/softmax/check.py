"""Check loss/softmax."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "the exponentials are missing": "For [1, 2, 3] you return {got}, expected {expected}: these "
    "are the logits divided by their sum. Take their exponentials first.",
    "the powers are not divided": "For [1, 2, 3] your numbers add up to {total}, expected 1: "
    "divide each exponential by the sum of all.",
    "the largest becomes 1": "For [1, 2, 3] you return {got}, expected {expected}: these are the "
    "exponentials of the shifted logits. Divide them by their sum.",
    "the list is changed": "After softmax(logits) the list itself is {got}, before it was "
    "{expected}: make a new list.",
    "it overflows": "softmax([1, 2, 3]) is correct, but with the logit 1000 exp overflows: a float "
    "ends near exp(709). Subtract the largest logit from all of them first.",
    "subtracting the mean is not enough": "With the logits {logits} exp overflows: the largest is "
    "{shifted} above their mean. Subtract the largest logit in place of the mean.",
    "another list": "For {logits} you return {got}, expected {expected}.",
}


def right_softmax(logits: list[float]) -> list[float]:
    """Return the probabilities."""
    powers = [math.exp(logit - max(logits)) for logit in logits]
    return [power / sum(powers) for power in powers]


def look(learner, logits: list[float]) -> list[float]:
    """Return the learner's list, if the argument is unchanged and each is a number."""
    given = logits[:]
    got = learner.softmax(given)
    expect(given == logits, "the list is changed", got=given, expected=logits)
    expect_list(got, len(logits), "softmax(logits)")
    for probability in got:
        expect_number(probability, "a probability")
    return got


def compare(learner, logits: list[float]) -> None:
    """Compare with the probabilities that were expected."""
    got = look(learner, logits)
    expected = right_softmax(logits)
    shown = {"logits": logits, "got": got, "expected": expected}
    expect(are_close(got, expected, 1e-9), "another list", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, random lists, and lists with large logits."""
    got = look(learner, [1.0, 2.0, 3.0])
    expected = right_softmax([1.0, 2.0, 3.0])
    shown = {"got": got, "expected": expected}
    expect(not are_close(got, [1 / 6, 1 / 3, 1 / 2]), "the exponentials are missing", **shown)
    is_bare = are_close(got, [math.exp(1), math.exp(2), math.exp(3)])
    expect(not is_bare, "the powers are not divided", total=sum(got))
    is_shifted = are_close(got, [math.exp(-2), math.exp(-1), 1.0])
    expect(not is_shifted, "the largest becomes 1", **shown)
    compare(learner, [1.0, 2.0, 3.0])
    for count in (1, 2, 5, 9):
        compare(learner, [generator.uniform(-5, 5) for _ in range(count)])
    try:
        look(learner, [1000.0, 1000.0])
    except OverflowError:
        expect(False, "it overflows")
    lists = [[1000.0, 999.0], [-1000.0, -1001.0, -1003.0], [1000.0, -1000.0, 5000.0]]
    for logits in lists:
        try:
            compare(learner, logits)
        except OverflowError:
            mean = sum(logits) / len(logits)
            shown = {"logits": logits, "shifted": max(logits) - mean}
            expect(False, "subtracting the mean is not enough", **shown)
