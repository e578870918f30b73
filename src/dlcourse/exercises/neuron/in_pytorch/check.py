"""Check neuron/in_pytorch."""

import math
import random

import torch

from dlcourse.exercises.checking import are_close, expect, expect_number, expect_tensor, is_close

MESSAGES = {
    "no layer": "make_layer(...) returns {got}, expected a torch.nn.Linear.",
    "another number of inputs or outputs": "The layer has {got} inputs and outputs, expected "
    "{expected}: an input for each weight, and one output.",
    "no bias": "The layer has no bias: leave out bias=False.",
    "random weights": "The weights of the layer are {got}, expected {expected}: these are the "
    "random ones of a new layer.",
    "other weights": "The weights of the layer are {got}, expected {expected}.",
    "a random bias": "The bias of the layer is {got}, expected {expected}: that is the random one "
    "of a new layer.",
    "another bias": "The bias of the layer is {got}, expected {expected}.",
    "no activation": "For x = {x} you return {got}, expected {expected}: that is the weighted sum. "
    "The layer has no activation.",
    "a sigmoid twice": "For x = {x} you return {got}, expected {expected}: a sigmoid is applied "
    "twice.",
    "another output": "For x = {x} you return {got}, expected {expected}.",
}
W, B, X = [1.0, 2.0, -0.5], -1.0, [0.5, 0.8, 1.0]  # the example of the task
TOLERANCE = 1e-5  # float32 keeps seven digits


def sigmoid(z):
    """Return the sigmoid of a number."""
    return 1 / (1 + math.exp(-z))


def is_of_new_layer(make, read):
    """Say whether a number of a layer changes with the seed, as those of a new layer do."""
    found = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        found.append(read(make()))
    return found[0] != found[1]


def look_at_layer(learner, w, b):
    """Compare the weights and the bias of a layer; return the layer."""
    layer = learner.make_layer(w[:], b)
    expect(isinstance(layer, torch.nn.Linear), "no layer", got=layer)
    sizes = layer.in_features, layer.out_features
    expect(
        sizes == (len(w), 1), "another number of inputs or outputs", got=sizes, expected=(len(w), 1)
    )
    expect(layer.bias is not None, "no bias")
    expect_tensor(layer.weight.detach(), (1, len(w)), "layer.weight")
    weights = layer.weight.detach()[0].tolist()
    bias = layer.bias.item()

    def make():
        return learner.make_layer(w[:], b)

    if not are_close(weights, w, TOLERANCE):
        is_new = is_of_new_layer(make, lambda layer: layer.weight.tolist())
        key = "random weights" if is_new else "other weights"
        expect(False, key, got=weights, expected=w)
    if not is_close(bias, b, TOLERANCE):
        is_new = is_of_new_layer(make, lambda layer: layer.bias.item())
        key = "a random bias" if is_new else "another bias"
        expect(False, key, got=bias, expected=b)
    return layer


def compare(learner, layer, w, b, x):
    """Compare an output with what known mistakes give."""
    got = learner.output(layer, x[:])
    expect_number(got, "output(layer, x)")
    z = sum(weight * value for weight, value in zip(w, x, strict=True)) + b
    shown = {"x": x, "got": got, "expected": sigmoid(z)}
    expect(not is_close(got, z, TOLERANCE), "no activation", **shown)
    expect(not is_close(got, sigmoid(sigmoid(z)), TOLERANCE), "a sigmoid twice", **shown)
    expect(is_close(got, sigmoid(z), TOLERANCE), "another output", **shown)


def check(learner, generator: random.Random) -> None:
    """Look at the layer and output of the example, then at random ones."""
    torch.manual_seed(generator.randrange(2**32))
    layer = look_at_layer(learner, W, B)
    compare(learner, layer, W, B, X)
    for count in (1, 4, 7):
        w = [round(generator.uniform(-2, 2), 2) for _ in range(count)]
        x = [round(generator.uniform(-2, 2), 2) for _ in range(count)]
        b = round(generator.uniform(0.5, 2), 2)
        own = torch.nn.Linear(count, 1)  # not of the learner's
        with torch.no_grad():
            own.weight.copy_(torch.tensor([w]))
            own.bias.fill_(b)
        compare(learner, own, w, b, x)
        compare(learner, look_at_layer(learner, w, b), w, b, x)
