"""Check network/count_parameters."""

import random
from itertools import pairwise

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "the biases are not counted": "For {sizes} you return {got}, expected {expected}: these are "
    "the weights; each of the {units} units after the input has a bias as well.",
    "one bias for each layer": "For {sizes} you return {got}, expected {expected}: you count one "
    "bias for each layer, but each unit has its own.",
    "the inputs have no biases": "For {sizes} you return {got}, expected {expected}: the units of "
    "the input layer hold the inputs and have no biases.",
    "the sizes are swapped": "For {sizes} you return {got}, expected {expected}: you count a bias "
    "for each unit of the layer before, in place of the layer's own.",
    "the units are counted": "For {sizes} you return {got}, the number of units after the input, "
    "expected {expected}: each has a weight for each unit before it, and a bias.",
    "only the first layers are counted": "For {sizes} you return {got}, expected {expected}: that "
    "is the count of the first three layers.",
    "another count": "For {sizes} you return {got}, expected {expected}.",
}


def edges(sizes: list[int]) -> int:
    """Return the number of weights."""
    return sum(before * after for before, after in pairwise(sizes))


def look(learner, sizes: list[int]) -> None:
    """Compare the count with those of known mistakes."""
    got = learner.count_parameters(sizes[:])
    expect_number(got, f"count_parameters({sizes})")
    units = sum(sizes[1:])
    expected = edges(sizes) + units
    if got == expected:
        return
    shown = {"sizes": sizes, "got": got, "expected": expected}
    expect(got != edges(sizes), "the biases are not counted", units=units, **shown)
    expect(got != edges(sizes) + len(sizes) - 1, "one bias for each layer", **shown)
    expect(got != expected + sizes[0], "the inputs have no biases", **shown)
    expect(got != edges(sizes) + sum(sizes[:-1]), "the sizes are swapped", **shown)
    expect(got != units, "the units are counted", **shown)
    first = sizes[:3]
    is_short = len(sizes) > 3 and got == edges(first) + sum(first[1:])
    expect(not is_short, "only the first layers are counted", **shown)
    expect(False, "another count", **shown)


def check(learner, generator: random.Random) -> None:
    """Count the examples of the task, then random networks."""
    look(learner, [3, 4, 2])
    look(learner, [2, 2, 1])
    look(learner, [7, 5])
    look(learner, [6, 5, 3, 4])
    for count in (2, 3, 5, 6):
        look(learner, [generator.randint(3, 99) for _ in range(count)])
