"""Check overview/depth."""

import random

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "layers without weights are counted": "For {layers} you return {got}, expected {expected}: "
    "ReLU and the like have no weights and do not count.",
    "the output layer is not counted": "For {layers} you return {got}, expected {expected}: the "
    "output layer has weights and counts too.",
    "only one kind of layer is counted": "With {convolutions} Conv2d and {linear} Linear you "
    "return {got}, expected {expected}: both kinds have weights.",
    "another depth": "For {layers} you return {got}, expected {expected}.",
    "not True or False": "is_deep returns {got}, expected True or False.",
    "one hidden layer is called deep": "is_deep returns True for {layers}, expected False: one of "
    "its two layers with weights is the output layer.",
    "two hidden layers are not called deep": "is_deep returns False for {layers}, expected True: "
    "it has two hidden layers.",
    "deep or not": "is_deep returns {got} for a network of depth {depth}, expected {expected}.",
}
DEEP = ["Flatten", "Linear", "ReLU", "Linear", "ReLU", "Linear"]
SHALLOW = ["Linear", "ReLU", "Linear"]
SHORT = "the first example"


def look_at_depth(got: int, layers: list[str], shown_layers: str) -> None:
    """Stop if the depth is another one, with its cause if it is known."""
    expect_number(got, "depth(layers)")
    linear = layers.count("Linear")
    convolutions = layers.count("Conv2d")
    expected = linear + convolutions
    shown = {"layers": shown_layers, "got": got, "expected": expected}
    is_all = got == len(layers) > expected
    expect(not is_all, "layers without weights are counted", **shown)
    is_one_kind = convolutions > 1 and got in {linear, convolutions}
    counts = {"linear": linear, "convolutions": convolutions, "got": got, "expected": expected}
    expect(not is_one_kind, "only one kind of layer is counted", **counts)
    expect(got != expected - 1, "the output layer is not counted", **shown)
    expect(got == expected, "another depth", **shown)


def random_layers(generator: random.Random) -> list[str]:
    """Return convolutions and linear layers with others in between."""
    layers = []
    for _ in range(generator.randint(2, 4)):
        layers += ["Conv2d", generator.choice(["ReLU", "Tanh"])]
        if generator.random() < 0.5:
            layers.append("MaxPool2d")
    layers.append("Flatten")
    for _ in range(generator.randint(5, 7)):
        layers += ["Linear", generator.choice(["ReLU", "Tanh"])]
    return [*layers, "Linear"]


def check(learner, generator: random.Random) -> None:
    """Count the layers of the examples, then of random networks, then ask what is deep."""
    look_at_depth(learner.depth(DEEP[:]), DEEP, SHORT)
    look_at_depth(learner.depth(SHALLOW[:]), SHALLOW, "Linear, ReLU, Linear")
    for _ in range(4):
        layers = random_layers(generator)
        look_at_depth(learner.depth(layers[:]), layers, f"a network of {len(layers)} layers")
    is_deep = learner.is_deep(SHALLOW[:])
    expect(isinstance(is_deep, bool), "not True or False", got=is_deep)
    expect(not is_deep, "one hidden layer is called deep", layers="Linear, ReLU, Linear")
    is_deep = learner.is_deep(DEEP[:])
    expect(bool(is_deep), "two hidden layers are not called deep", layers=SHORT)
    for depth in (1, 2, 3, 4, 9):
        layers = ["Conv2d", "ReLU"] * (depth - 1) + ["Linear"]
        got = learner.is_deep(layers)
        expected = depth >= 3
        expect(got is expected, "deep or not", got=got, depth=depth, expected=expected)
