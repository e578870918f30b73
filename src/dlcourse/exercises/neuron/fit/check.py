"""Check neuron/fit."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "not a pair": "fit(…) returns {got}, expected two values: the list of weights and the bias.",
    "another start": "With 0 steps you return {got}, expected {expected}: all numbers start at 0.",
    "the loss grows": "After the step of the example you return {got}, expected {expected}: the "
    "numbers move with their slopes, and the loss grows. Subtract.",
    "the bias stays": "After the step of the example the bias is 0, expected 0.25: the bias has a "
    "slope as well and moves like a weight.",
    "the sigmoid is missing": "After the step of the example you return {got}, expected "
    "{expected}: these are the slopes of a neuron without the sigmoid.",
    "the sum of the errors": "With {count} examples you return {got}, expected {expected}: these "
    "come from the sum of the squared errors. Take their mean.",
    "a step for each example": "With {count} examples you return {got}, expected {expected}: you "
    "take a step for each example, not one for the mean of all.",
    "only one step": "After {steps} steps you return what comes out after the first: repeat the "
    "step, with new slopes each time.",
    "another result of the example": "After the step of the example you return {got}, expected "
    "{expected}.",
    "another result": "After {steps} steps on {count} examples you return {got}, expected "
    "{expected}.",
}
# A nudge of 0.001 to one side changes a slope by about as much; mistakes change it far more.
TOLERANCE = 2e-3


def sigmoid(z: float) -> float:
    """Return 1 / (1 + exp(-z))."""
    return 1 / (1 + math.exp(-z))


def fitted(examples, targets, learning_rate: float, steps: int, size: float = 1.0) -> list[float]:
    """Return weights and bias in one list; `size` multiplies the slopes of the mean."""
    numbers = [0.0] * (len(examples[0]) + 1)
    for _ in range(steps):
        slopes = [0.0] * len(numbers)
        for x, target in zip(examples, targets, strict=True):
            inputs = [*x, 1.0]  # the bias is the weight of a 1
            y = sigmoid(sum(w * value for w, value in zip(numbers, inputs, strict=True)))
            slope = 2 * (y - target) * y * (1 - y) / len(examples)
            slopes = [old + slope * value for old, value in zip(slopes, inputs, strict=True)]
        numbers = [
            number - learning_rate * size * slope
            for number, slope in zip(numbers, slopes, strict=True)
        ]
    return numbers


def one_by_one(examples, targets, learning_rate: float, steps: int) -> list[float]:
    """Return what comes out when each example has a step of its own."""
    numbers = [0.0] * (len(examples[0]) + 1)
    for _ in range(steps):
        for x, target in zip(examples, targets, strict=True):
            inputs = [*x, 1.0]
            y = sigmoid(sum(w * value for w, value in zip(numbers, inputs, strict=True)))
            slope = 2 * (y - target) * y * (1 - y)
            numbers = [
                number - learning_rate * slope * value
                for number, value in zip(numbers, inputs, strict=True)
            ]
    return numbers


def numbers_of(learner, examples, targets, learning_rate: float, steps: int) -> list[float]:
    """Call the learner's function; return weights and bias in one list."""
    got = learner.fit([x[:] for x in examples], targets[:], learning_rate, steps)
    expect(isinstance(got, tuple) and len(got) == 2, "not a pair", got=got)
    expect_list(got[0], len(examples[0]), "the list of weights")
    for weight in got[0]:
        expect_number(weight, "a weight")
    expect_number(got[1], "the bias")
    return [*got[0], got[1]]


def look_at_start(learner) -> None:
    """Stop unless all numbers start at 0."""
    start = numbers_of(learner, [[2.0]], [1], 1.0, 0)
    is_zero = are_close(start, [0.0, 0.0], 0.0)
    expect(is_zero, "another start", got=start, expected=[0.0, 0.0])


def look_at_example(learner) -> None:
    """Take the step of the task, and name its known mistakes."""
    got = numbers_of(learner, [[2.0]], [1], 1.0, 1)
    shown = {"got": got, "expected": [0.5, 0.25]}
    expect(not are_close(got, [-0.5, -0.25], TOLERANCE), "the loss grows", **shown)
    expect(not are_close(got, [0.5, 0.0], TOLERANCE), "the bias stays")
    is_straight = are_close(got, [4.0, 2.0], TOLERANCE) or are_close(got, [2.0, 1.0], TOLERANCE)
    expect(not is_straight, "the sigmoid is missing", **shown)
    is_right = are_close(got, [0.5, 0.25], TOLERANCE)
    if not is_right:
        look_at_start(learner)
    expect(is_right, "another result of the example", **shown)


def check(learner, generator: random.Random) -> None:
    """Take the step of the task, then fit random examples."""
    look_at_example(learner)
    for count, num_inputs, steps in [(3, 2, 1), (5, 3, 6), (7, 1, 11)]:
        examples = [[generator.uniform(0.2, 1.5) for _ in range(num_inputs)] for _ in range(count)]
        targets = [1] * (count - 1) + [0]
        generator.shuffle(targets)
        expected = fitted(examples, targets, 0.7, steps)
        got = numbers_of(learner, examples, targets, 0.7, steps)
        shown = {"count": count, "got": got, "expected": expected}
        is_right = are_close(got, expected, TOLERANCE)
        if not is_right:
            total = fitted(examples, targets, 0.7, steps, size=count)
            expect(not are_close(got, total, TOLERANCE), "the sum of the errors", **shown)
            single = one_by_one(examples, targets, 0.7, steps)
            expect(not are_close(got, single, TOLERANCE), "a step for each example", **shown)
            first = fitted(examples, targets, 0.7, 1)
            expect(not are_close(got, first, TOLERANCE), "only one step", steps=steps)
        expect(is_right, "another result", steps=steps, **shown)
    look_at_start(learner)
