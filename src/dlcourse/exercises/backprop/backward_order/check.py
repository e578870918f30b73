"""Check backprop/backward_order."""

import math
import random

from dlcourse.exercises.checking import expect, is_close

NEEDS = 'Line {number}, "{line}", needs {name}, which is not computed yet: '
MESSAGES = {
    "not a list": "LINES is {got}, expected a list of lines.",
    "a line is changed": 'The line "{got}" is not one of the seven: move the lines, and leave each '
    "as it is.",
    "a line is missing": 'The line "{line}" occurs {got} times, expected once.',
    "a forward value is missing": NEEDS + "the forward pass comes first.",
    "a slope is missing": NEEDS + "the slopes are computed from the loss backwards.",
    "another slope": "The program ends with grad_w = {got}, expected {expected}.",
}
GIVEN_LINES = [
    "z = w * x + b",
    "y = sigmoid(z)",
    "loss = (y - target) ** 2",
    "grad_y = 2 * (y - target)",
    "grad_z = grad_y * y * (1 - y)",
    "grad_w = grad_z * x",
    "grad_b = grad_z",
]


def sigmoid(z: float) -> float:
    """Return the sigmoid of z, which is moderate here."""
    return 1 / (1 + math.exp(-z))


def check(learner, generator: random.Random) -> None:
    """Run the learner's lines one by one, and compare the slope that they end with."""
    lines = learner.LINES
    is_list = isinstance(lines, list) and all(isinstance(line, str) for line in lines)
    expect(is_list, "not a list", got=lines)
    for line in lines:
        expect(line in GIVEN_LINES, "a line is changed", got=line)
    for line in GIVEN_LINES:
        expect(lines.count(line) == 1, "a line is missing", line=line, got=lines.count(line))
    names = ("w", "b", "x", "target")
    given = {name: generator.uniform(0.5, 2) for name in names}
    variables = given | {"sigmoid": sigmoid}
    for number, line in enumerate(lines, start=1):
        try:
            exec(line, variables)  # one of the lines above, and no other
        except NameError as error:
            is_slope = error.name.startswith("grad")
            key = "a slope is missing" if is_slope else "a forward value is missing"
            expect(False, key, number=number, line=line, name=error.name)
    y = sigmoid(given["w"] * given["x"] + given["b"])
    expected = 2 * (y - given["target"]) * y * (1 - y) * given["x"]
    got = variables["grad_w"]
    expect(is_close(got, expected), "another slope", got=got, expected=expected)
