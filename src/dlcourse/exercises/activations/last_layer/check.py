"""Check activations/last_layer."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "no softmax": "For targets {targets} you return {got}, expected {expected}: each row has "
    "exactly one 1, so the outputs have to add up to 1.",
    "softmax for several labels": "For targets {targets} you return {got}, expected {expected}: a "
    "row does not have exactly one 1, so the outputs need not add up to 1.",
    "softmax of one sum": "For targets {targets} you return {got}, expected {expected}: the "
    "softmax of a single sum is always 1, whatever the sum is.",
    "an activation for numbers": "For targets {targets} you return {got}, expected {expected}: "
    "not all targets are 0 or 1, so the output must be able to be any number.",
    "no activation for labels": "For targets {targets} you return {got}, expected {expected}: all "
    "targets are 0 or 1, and the sums as they are can be any number.",
    "other outputs": "For targets {targets} and z = {z} you return {got}, expected {expected}.",
    "the lists are changed": "Your function changes the list of targets or the list z.",
}


def softmax(z):
    """Return positive numbers that add up to 1."""
    powers = [math.exp(value) for value in z]
    return [power / sum(powers) for power in powers]


def sigmoids(z):
    """Return the sigmoid of each number."""
    return [1 / (1 + math.exp(-value)) for value in z]


def compare(learner, targets, z, kind):
    """Compare the outputs with those of all three activations; kind names the right one."""
    copies = [row[:] for row in targets], z[:]
    got = learner.last_layer(*copies)
    expect_list(got, len(z), "last_layer(targets, z)")
    for value in got:
        expect_number(value, "an output")
    expect(copies == (targets, z), "the lists are changed")
    outputs = {"softmax": softmax(z), "sigmoid": sigmoids(z), "none": z}
    expected = outputs.pop(kind)
    shown = {"targets": targets, "z": z, "got": got, "expected": expected}
    chosen = next((name for name, values in outputs.items() if are_close(got, values)), None)
    if chosen is not None:
        if kind == "none":
            key = "an activation for numbers"
        elif chosen == "none":
            key = "no activation for labels"
        elif kind == "softmax":
            key = "no softmax"
        else:
            key = "softmax of one sum" if len(z) == 1 else "softmax for several labels"
        expect(False, key, **shown)
    expect(are_close(got, expected), "other outputs", **shown)


def one_of(count, generator):
    """Return a row with a single 1."""
    row = [0] * count
    row[generator.randrange(count)] = 1
    return row


def check(learner, generator: random.Random) -> None:
    """Begin with the examples, then the edges of the three rules, then random targets."""
    z = [1.0, 2.0, 0.5]
    compare(learner, [[1, 0, 0], [0, 0, 1]], z, "softmax")
    compare(learner, [[1, 0, 1], [0, 0, 1]], z, "sigmoid")
    compare(learner, [[21.5, 3.0, 0.0]], z, "none")
    compare(learner, [[1], [1]], [0.7], "sigmoid")
    compare(learner, [[0, 0], [0, 1]], [0.7, -0.3], "sigmoid")  # a row without any 1
    compare(learner, [[0.25, 0.75], [1, 0]], [0.7, -0.3], "none")
    compare(learner, [[2, 1], [1, 3]], [0.7, -0.3], "none")  # one 1 in each row, but other numbers
    compare(learner, [[1, 0], [0, 1], [0, -1.5]], [0.7, -0.3], "none")  # the last row decides
    for count in (2, 3, 5):
        sums = [round(generator.uniform(-2, 2), 2) for _ in range(count)]
        rows = [one_of(count, generator) for _ in range(6)]
        compare(learner, rows, sums, "softmax")
        compare(learner, [*rows, [1] * count], sums, "sigmoid")
        numbers = [round(generator.uniform(2, 9), 1) for _ in range(count)]
        compare(learner, [*rows, numbers], sums, "none")
