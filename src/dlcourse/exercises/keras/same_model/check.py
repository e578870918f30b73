"""Check keras/same_model."""

import copy
import itertools
import random

from dlcourse.exercises.checking import expect, expect_list

MESSAGES = {
    "the matrix is not transposed": "For the weight {weight} the matrix is {got}, expected"
    " {expected}: it still has one row for each output.",
    "the matrix is reshaped": "For the weight {weight} the matrix is {got}, expected {expected}:"
    " the shape is right, but a column must become a row.",
    "the biases come last": "The second element is {got}, expected the bias {expected}:"
    " each bias follows its own matrix.",
    "the bias comes before its matrix": "The first element is the bias {got}, expected the matrix"
    " {expected}: each bias follows its matrix.",
    "the list is not flat": "The result is {got}, expected {expected}: one flat list, without a"
    " pair for each layer.",
    "layers is changed": "After the call layers is {got}, expected {expected} as before:"
    " layers must not be changed.",
    "no layers": "keras_weights([]) returns {got}, expected {expected}.",
    "another result": "keras_weights returns {got} for {layers}, expected {expected}.",
}


def find_expected(layers):
    """Return the list that Keras takes."""
    weights = []
    for weight, bias in layers:
        num_inputs = len(weight[0])
        weights.append([[row[i] for row in weight] for i in range(num_inputs)])
        weights.append(list(bias))
    return weights


def as_lists(value):
    """Return a value with lists in place of tuples, which Keras takes as well."""
    if isinstance(value, list | tuple):
        return [as_lists(item) for item in value]
    return value


def reshape(weight):
    """Return the numbers of a matrix, row by row, in the shape of the transposed matrix."""
    numbers = [number for row in weight for number in row]
    num_outputs = len(weight)
    return [numbers[i : i + num_outputs] for i in range(0, len(numbers), num_outputs)]


def check_one(learner, layers):
    """Compare the result for some layers with the expected one."""
    before = copy.deepcopy(layers)
    result = learner.keras_weights(layers)
    expect(layers == before, "layers is changed", got=layers, expected=before)
    expected = find_expected(layers)
    got = as_lists(result)
    is_pairs = isinstance(got, list) and got == [
        expected[i : i + 2] for i in range(0, len(expected), 2)
    ]
    expect(not is_pairs, "the list is not flat", got=got, expected=expected)
    expect_list(result, len(expected), "The result")
    weight, bias = before[0]
    first = got[0]
    expect(first != list(bias), "the bias comes before its matrix", got=first, expected=expected[0])
    values = {"weight": weight, "got": first, "expected": expected[0]}
    expect(first != weight, "the matrix is not transposed", **values)
    expect(first != reshape(weight), "the matrix is reshaped", **values)
    is_late = first == expected[0] and len(got) > 2 and got[1] == expected[2]
    expect(not is_late, "the biases come last", got=got[1], expected=expected[1])
    expect(got == expected, "another result", layers=before, got=got, expected=expected)


def draw_layers(generator, sizes):
    """Return layers of random whole numbers that differ from each other."""
    layers = []
    for num_inputs, num_outputs in itertools.pairwise(sizes):
        numbers = generator.sample(range(1000), (num_inputs + 1) * num_outputs)
        rows = [numbers[i * num_inputs : (i + 1) * num_inputs] for i in range(num_outputs)]
        layers.append((rows, numbers[num_inputs * num_outputs :]))
    return layers


def check(learner, generator: random.Random) -> None:
    """Begin with the worked example; then a square matrix, two layers, three and none."""
    check_one(learner, [([[1, 2, 3], [4, 5, 6]], [7, 8])])
    check_one(learner, draw_layers(generator, [3, 3]))
    check_one(learner, draw_layers(generator, [3, 5, 2]))
    check_one(learner, draw_layers(generator, [2, 6, 3, 5]))
    got = learner.keras_weights([])
    expect(got == [], "no layers", got=got, expected=[])
