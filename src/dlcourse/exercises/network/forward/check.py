"""Check network/forward."""

import random
from itertools import pairwise

from dlcourse.exercises.checking import are_close, expect, expect_list, is_close

MESSAGES = {
    "not a dictionary": "forward(x, layers) returns {got}, expected a dictionary with three keys.",
    "a key is missing": "The dictionary has no key “{part}”; its keys are {got}.",
    "another input layer": "The input layer is {got}, expected {expected}: it holds the inputs.",
    "the input is not a hidden layer": "You return {got} hidden layers, expected {expected}: the "
    "first of them holds the inputs, which are not hidden.",
    "another number of hidden layers": "You return {got} hidden layers, expected {expected}: each "
    "pair in layers but the last one.",
    "the columns of the weights": "The {part} is {got}, expected {expected}: these are sums "
    "over the columns of W. Each list in W belongs to one unit.",
    "the biases are missing": "Hidden layer 1 is {got}, expected {expected}: the biases {biases} "
    "are not added.",
    "no ReLU in the hidden layers": "Hidden layer 1 is {got}, expected {expected}: a hidden unit "
    "replaces a negative sum by 0.",
    "the sums before ReLU": "Hidden layer 1 is {got}, expected {expected}: the output is computed "
    "from the correct numbers, but you keep the sums before ReLU.",
    "another hidden layer": "Hidden layer {number} is {got}, expected {expected}.",
    "a ReLU at the output": "The output layer is {got}, expected {expected}: no ReLU is applied "
    "there, so an output may be negative.",
    "another output layer": "The output layer is {got}, expected {expected}.",
    "the arguments are changed": "After forward(x, layers) x is {got}, before it was {expected}.",
}
STAIRS = [([[1, 1], [1, 1]], [0, -1]), ([[1, -2]], [0])]
# A first layer that tells rows from columns, has a negative sum, and gives a negative output.
TELLING = [([[1, 2], [-3, 1]], [1, 0.5]), ([[-1, 2]], [0.5])]


def sums_of(activations: list[float], W: list[list[float]], b: list[float]) -> list[float]:
    """Return one weighted sum for each unit."""
    return [
        sum(weight * value for weight, value in zip(weights, activations, strict=True)) + bias
        for weights, bias in zip(W, b, strict=True)
    ]


def right_layers(x: list[float], layers: list) -> tuple[list[list[float]], list[float]]:
    """Return the activations of the hidden layers and of the output layer."""
    hidden = []
    activations = x
    for W, b in layers[:-1]:
        activations = [max(0, z) for z in sums_of(activations, W, b)]
        hidden.append(activations)
    W, b = layers[-1]
    return hidden, sums_of(activations, W, b)


def look_for_cause(
    got: list[float], x: list[float], layers: list, expected: list[float], output_right: bool
) -> None:
    """Stop with the cause if hidden layer 1 shows it."""
    W, b = layers[0]
    shown = {"got": got, "expected": expected}
    if len(W) == len(x):
        transposed = [list(column) for column in zip(*W, strict=True)]
        columns = [max(0, z) for z in sums_of(x, transposed, b)]
        is_columns = are_close(got, columns)
        expect(not is_columns, "the columns of the weights", part="hidden layer 1", **shown)
    no_bias = [max(0, z) for z in sums_of(x, W, [0] * len(b))]
    expect(not are_close(got, no_bias), "the biases are missing", biases=b, **shown)
    is_sum = are_close(got, sums_of(x, W, b))
    expect(not (is_sum and output_right), "the sums before ReLU", **shown)
    expect(not is_sum, "no ReLU in the hidden layers", **shown)


def look(learner, x: list[float], layers: list) -> None:
    """Compare the three parts."""
    before = x[:]
    got = learner.forward(x, layers)
    expect(x == before, "the arguments are changed", got=x, expected=before)
    expect(isinstance(got, dict), "not a dictionary", got=got)
    for part in ["input layer", "hidden layers", "output layer"]:
        expect(part in got, "a key is missing", part=part, got=list(got))
    hidden, output = right_layers(x, layers)
    is_input = got["input layer"] == x
    expect(is_input, "another input layer", got=got["input layer"], expected=x)
    mine = got["hidden layers"]
    expect_list(mine, len(mine) if isinstance(mine, list) else 0, "hidden layers")
    shown = {"got": len(mine), "expected": len(hidden)}
    is_input = len(mine) == len(hidden) + 1 and mine[0] == x
    expect(not is_input, "the input is not a hidden layer", **shown)
    expect(len(mine) == len(hidden), "another number of hidden layers", **shown)
    expect_list(got["output layer"], len(output), "output layer")
    output_right = are_close(got["output layer"], output)
    for number, (one, expected) in enumerate(zip(mine, hidden, strict=True), start=1):
        expect_list(one, len(expected), f"hidden layer {number}")
        is_right = are_close(one, expected)
        if not is_right and number == 1:
            look_for_cause(one, x, layers, expected, output_right)
        details = {"number": number, "got": one, "expected": expected}
        expect(is_right, "another hidden layer", **details)
    shown = {"got": got["output layer"], "expected": output}
    W, b = layers[-1]
    last = hidden[-1] if hidden else x
    column = [weights[0] for weights in W]
    by_column = sum(w * h for w, h in zip(column, last, strict=False)) + b[0]
    is_column = len(output) == 1 and is_close(got["output layer"][0], by_column)
    is_wrong = is_column and not output_right
    expect(not is_wrong, "the columns of the weights", part="output layer", **shown)
    is_cut = are_close(got["output layer"], [max(0, z) for z in output])
    expect(output_right or not is_cut, "a ReLU at the output", **shown)
    expect(output_right, "another output layer", **shown)


def check(learner, generator: random.Random) -> None:
    """Compute the stairs, a network that tells mistakes apart, then random networks."""
    look(learner, [1, 1], STAIRS)
    look(learner, [2, 1], TELLING)
    look(learner, [0, 0], STAIRS)
    for sizes in [(3, 5, 2), (5, 3, 6, 1), (1, 7, 3, 5, 2), (4, 3)]:
        layers = []
        for before, after in pairwise(sizes):
            W = [[generator.uniform(-2, 2) for _ in range(before)] for _ in range(after)]
            b = [generator.uniform(-1, 1) for _ in range(after)]
            layers.append((W, b))
        look(learner, [generator.uniform(-2, 2) for _ in range(sizes[0])], layers)
