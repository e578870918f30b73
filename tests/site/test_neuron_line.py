"""The mathematics of <neuron-line>, beside that of dlcourse.scratch and of the page's snippets."""

from itertools import product
from random import Random

import numpy as np
import pytest
from matplotlib.path import Path as Outline
from widgets import ask_widget

from dlcourse.scratch.neuron import Neuron

FILE = "neuron/neuron_line.js"
CORNERS = list(product([0, 1], repeat=2))
LOW, HIGH = -0.75, 1.75


def scratch_sum(weights, bias, inputs):
    """Return the weighted sum that dlcourse.scratch computes."""
    neuron = Neuron(2, nonlin=False)
    for parameter, value in zip(neuron.parameters(), [*weights, bias], strict=True):
        parameter.data = value
    return neuron(inputs).data


@pytest.fixture(scope="module")
def neurons():
    """Return the weights and biases of neurons between the ends of the sliders."""
    rng = Random(0)
    draws = [([rng.uniform(-2, 2), rng.uniform(-2, 2)], rng.uniform(-3, 3)) for _ in range(60)]
    return [*draws, ([0, 0], 1), ([0, 0], 0), ([0, 2], -1), ([-2, 0], 1), ([1, 1], -1)]


def test_weighted_sums_equal_those_of_scratch(neurons):
    inputs = [*CORNERS, (-0.3, 1.2)]
    cases = list(product(neurons, inputs))
    sums = ask_widget(FILE, [["weightedSum", *neuron, x] for neuron, x in cases])
    expected = [scratch_sum(*neuron, x) for neuron, x in cases]
    np.testing.assert_allclose(sums, expected, rtol=0, atol=1e-12)  # float64 on both sides


def test_outputs_and_right_corners_are_those_of_a_neuron_with_a_step(neurons):
    targets = [0, 1, 1, 0]
    found = ask_widget(FILE, [["outputs", *neuron] for neuron in neurons])
    rights = ask_widget(FILE, [["countRight", *neuron, targets] for neuron in neurons])
    for neuron, outputs, right in zip(neurons, found, rights, strict=True):
        assert outputs == [int(scratch_sum(*neuron, corner) > 0) for corner in CORNERS]
        assert right == sum(map(int.__eq__, outputs, targets))


def test_the_shaded_side_holds_the_points_where_the_neuron_fires(neurons):
    rng = np.random.default_rng(0)
    points = rng.uniform(LOW, HIGH, size=(400, 2))
    sides = ask_widget(FILE, [["firingSide", *neuron, LOW, HIGH] for neuron in neurons])
    shapes = 0
    for (weights, bias), side in zip(neurons, sides, strict=True):
        sums = points @ np.array(weights) + bias
        is_clear = np.abs(sums) > 1e-6  # a point on the line itself may fall on either side
        is_shaded = np.zeros(len(points), dtype=bool)
        if side:
            shapes += 1
            is_shaded = Outline([*side, side[0]], closed=True).contains_points(points)
        np.testing.assert_array_equal(is_shaded[is_clear], (sums > 0)[is_clear])
    assert shapes > 40


def test_the_ends_of_the_line_lie_on_it_and_on_the_border(neurons):
    lines = ask_widget(FILE, [["decisionLine", *neuron, LOW, HIGH] for neuron in neurons])
    num_lines = 0
    for (weights, bias), ends in zip(neurons, lines, strict=True):
        square = [scratch_sum(weights, bias, c) > 0 for c in product([LOW, HIGH], repeat=2)]
        assert (ends is None) == (len(set(square)) == 1)
        for end in ends or []:
            num_lines += 1
            assert scratch_sum(weights, bias, end) == pytest.approx(0, abs=1e-9)
            assert min(abs(value - border) for value in end for border in (LOW, HIGH)) < 1e-9
    assert num_lines > 40


def test_the_best_neuron_has_all_corners_right_except_of_xor_and_its_opposite():
    functions = list(product([0, 1], repeat=4))
    best = ask_widget(FILE, [["bestNeuron", targets, 2, 3] for targets in functions])
    for targets, found in zip(functions, best, strict=True):
        sums = [scratch_sum(found["weights"], found["bias"], corner) for corner in CORNERS]
        right = sum((z > 0) == bool(target) for z, target in zip(sums, targets, strict=True))
        assert found["right"] == right
        assert right == (3 if targets in [(0, 1, 1, 0), (1, 0, 0, 1)] else 4)


def test_the_functions_are_those_of_their_names():
    corners, targets = ask_widget(FILE, [["CORNERS"], ["TARGETS"]])
    assert [tuple(corner) for corner in corners] == CORNERS
    assert targets["AND"] == [x1 & x2 for x1, x2 in CORNERS]
    assert targets["OR"] == [x1 | x2 for x1, x2 in CORNERS]
    assert targets["XOR"] == [x1 ^ x2 for x1, x2 in CORNERS]
