"""Check attention/other_weights."""

import random

from dlcourse.exercises.checking import expect, expect_list, expect_number, is_close

MESSAGES = {
    "the same weights": "For the weights {weights} you return {got}: each differs by less than "
    "0.02, expected other weights.",
    "negative": "For the weights {weights} you return {got}: a weight is negative, which softmax "
    "never returns. Take a smaller change.",
    "not one": "For the weights {weights} you return {got}, which add up to {total}, expected 1. "
    "Your changes have to add up to 0.",
    "the first weight grows": "For the weights {weights} you return {got}: the first weight "
    "becomes larger, expected a smaller one. The opposite changes keep the result as well.",
    "the order is changed": "You return the old weights in another order, {got}. With the values "
    "{values} the result becomes {result}, expected {expected}.",
    "the weights are equal": "You return equal weights, {got}. With the values {values} they give "
    "the plain mean, {result}, expected {expected}.",
    "another result": "With the values {values} your weights {got} give {result}, expected "
    "{expected}. The products of the changes with the values have to add up to 0.",
    "the lists are changed": "Your function changes the lists that it gets.",
}


def mix(weights, values):
    """Return the sum of the products."""
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def compare(learner, weights, values):
    """Ask for other weights, and say which condition they miss."""
    copies = weights[:], values[:]
    got = learner.other_weights(*copies)
    expect_list(got, 3, "other_weights(weights, values)")
    for weight in got:
        expect_number(weight, "a weight")
    expect(copies == (weights, values), "the lists are changed")
    result, expected = mix(got, values), mix(weights, values)
    shown = {"weights": weights, "values": values, "got": got}
    shown.update(result=result, expected=expected, total=sum(got))
    is_other = any(abs(new - old) >= 0.02 for new, old in zip(got, weights, strict=True))
    expect(is_other, "the same weights", **shown)
    expect(is_close(sum(got), 1), "not one", **shown)
    expect(min(got) >= 0, "negative", **shown)
    is_right = abs(result - expected) < 1e-6 * max(map(abs, values))
    expect(is_right or sorted(got) != sorted(weights), "the order is changed", **shown)
    expect(is_right or not is_close(max(got), min(got)), "the weights are equal", **shown)
    expect(is_right, "another result", **shown)
    expect(got[0] < weights[0], "the first weight grows", **shown)


def check(learner, generator: random.Random) -> None:
    """Ask for the example, then for random weights and values."""
    compare(learner, [0.5, 0.3, 0.2], [1, 2, 4])
    compare(learner, [0.1, 0.1, 0.8], [-3, 5, 7])
    compare(learner, [0.1, 0.8, 0.1], [2, -1, 0.5])
    compare(learner, [0.8, 0.1, 0.1], [7, 1, 6.5])
    compare(learner, [0.4, 0.3, 0.3], [3, 0.6, 0.2])
    compare(learner, [0.4, 0.3, 0.3], [3, 0.2, 0.6])
    for _ in range(5):
        rest = [generator.uniform(0, 1) for _ in range(3)]
        weights = [0.1 + 0.7 * number / sum(rest) for number in rest]
        values = [place * 3 + generator.uniform(-1, 1) for place in range(3)]
        generator.shuffle(values)
        compare(learner, weights, values)
