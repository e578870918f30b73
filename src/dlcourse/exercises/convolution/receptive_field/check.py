"""Check convolution/receptive_field."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the sides are multiplied": "receptive_field({layers}) returns {got}, expected {expected}: "
    "you multiply the sides of the kernels. A second kernel of 3 adds only 2 pixels.",
    "the sides are added": "receptive_field({layers}) returns {got}, expected {expected}: you add "
    "the sides. Neighboring windows overlap, so a kernel of 3 adds 2.",
    "the strides are ignored": "receptive_field({layers}) returns {got}, expected {expected}: "
    "after a stride of 2 one step is two pixels of the image.",
    "the stride acts too early": "receptive_field({layers}) returns {got}, expected {expected}: a "
    "layer's own stride lengthens the steps of the layers behind it, not its own.",
    "the layers are reversed": "receptive_field({layers}) returns {got}, expected {expected}: you "
    "go through the layers from the last to the first.",
    "no layer": "receptive_field([]) returns {got}, expected 1: without a layer the output is one "
    "pixel.",
    "another width": "receptive_field({layers}) returns {got}, expected {expected}.",
    "the list is changed": "Your function changes the list of layers that it gets.",
}
THREE = [(3, 1), (3, 1), (3, 1)]
LENET = [(5, 1), (2, 2), (5, 1), (2, 2)]


def walk_back(layers):
    """Return the width by walking from the one output back to the image."""
    width = 1
    for kernel, stride in reversed(layers):
        width = (width - 1) * stride + kernel
    return width


def with_early_stride(layers):
    """Return what comes out when a layer's stride lengthens its own steps."""
    width, step = 1, 1
    for kernel, stride in layers:
        step *= stride
        width += (kernel - 1) * step
    return width


def compare(learner, layers):
    """Compare the result for some layers with those of known mistakes."""
    copied = list(layers)
    got = learner.receptive_field(copied)
    expect_number(got, "receptive_field(layers)")
    expect(copied == layers, "the list is changed")
    expected = walk_back(layers)
    shown = {"layers": layers, "got": got, "expected": expected}
    mistakes = {
        "the sides are multiplied": math.prod(kernel for kernel, _ in layers),
        "the sides are added": sum(kernel for kernel, _ in layers),
        "the strides are ignored": 1 + sum(kernel - 1 for kernel, _ in layers),
        "the stride acts too early": with_early_stride(layers),
        "the layers are reversed": walk_back(layers[::-1]),
    }
    for key, mistaken in mistakes.items():
        is_told_apart = list(mistakes.values()).count(mistaken) == 1 and mistaken != expected
        expect(not (is_told_apart and is_close(got, mistaken)), key, **shown)
    expect(is_close(got, expected), "another width", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the two examples, then no layer, then random layers."""
    compare(learner, THREE)
    compare(learner, LENET)
    got = learner.receptive_field([])
    expect_number(got, "receptive_field([])")
    expect(is_close(got, 1), "no layer", got=got)
    for count in (1, 2, 3, 5, 7):
        kernels = [generator.randint(1, 5) for _ in range(count)]
        compare(learner, [(kernel, generator.randint(1, 3)) for kernel in kernels])
