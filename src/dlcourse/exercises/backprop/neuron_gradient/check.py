"""Check backprop/neuron_gradient."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

BIAS = (
    "For x = {x}, w = {w}, b = {b}, target {target} the bias has the slope {got}, expected "
    "{expected}: "
)
MESSAGES = {
    "not two results": "neuron_gradient({x}, {w}, {b}, {target}) returns {got}, expected a list "
    "and a number.",
    "the slope of the sigmoid is missing": BIAS
    + "the slope of the sigmoid, y * (1 - y), is missing.",
    "the factor 2 is missing": BIAS + "the slope of the square has a factor 2.",
    "the slope of the sigmoid is taken at the logit": BIAS + "the sigmoid's slope takes its "
    "output y, not the logit.",
    "the slope of the sigmoid is y times y": BIAS
    + "the sigmoid has the slope y * (1 - y), and y * y only equals it at y = 0.5.",
    "the sign is wrong": BIAS + "the sign is wrong. The error is y - target.",
    "the bias gets another slope": BIAS
    + "the bias is added, so it gets the logit's slope unchanged.",
    "another slope of the bias": BIAS + "multiply 2 * (y - target) by y * (1 - y).",
    "the slopes are multiplied by the weights": "For x = {x}, w = {w} the weights have the slopes "
    "{got}, expected {expected}: multiply by the input that flows in, not by the weight.",
    "other slopes of the weights": "For x = {x}, w = {w}, b = {b}, target {target} the weights "
    "have the slopes {got}, expected {expected}: the logit's slope times each input.",
    "an argument is changed": "Afterwards {name} is {got}, expected {expected} as before: leave "
    "the arguments as they are.",
}


def forward(x, w, b):
    """Return the logit and the output of the neuron."""
    logit = sum(weight * value for weight, value in zip(w, x, strict=True)) + b
    return logit, 1 / (1 + math.exp(-logit))


def check(learner, generator: random.Random) -> None:
    """Compare an example that tells the mistakes apart, the task's, then random neurons.

    In the task's example y is 0.5, where y * (1 - y) and y * y are equal.
    """
    cases = [([2.0, -1.0], [0.5, 0.2], 0.6, 0.0), ([3.0, 5.0], [2.0, -1.0], -1.0, 1.0)]
    for count in (1, 3, 5):
        x = [round(generator.uniform(1, 2), 1) for _ in range(count)]
        w = [round(generator.uniform(-0.5, 0.5), 1) for _ in range(count)]
        cases.append((x, w, round(generator.uniform(0.2, 0.9), 1), 0.0))
    for case in cases:
        check_neuron(learner, *case)


def check_neuron(learner, x, w, b, target) -> None:
    """Compare the slope of the bias first: those of the weights are made of it."""
    x_given = x[:]
    w_given = w[:]
    got = learner.neuron_gradient(x_given, w_given, b, target)
    shown = {"x": x, "w": w, "b": b, "target": target}
    is_pair = isinstance(got, tuple | list) and len(got) == 2
    expect(is_pair, "not two results", got=got, **shown)
    grad_w, grad_b = got
    expect_list(grad_w, len(w), "The first result, the weights' slopes,")
    for slope in grad_w:
        expect_number(slope, "A weight's slope")
    expect_number(grad_b, "The second result, the slope of the bias,")
    logit, y = forward(x, w, b)
    expected = 2 * (y - target) * y * (1 - y)
    for key, mistaken in mistaken_slopes(logit, y, target, b).items():
        is_mistake = is_close(grad_b, mistaken) and not is_close(mistaken, expected)
        expect(not is_mistake, key, got=grad_b, expected=expected, **shown)
    is_right = is_close(grad_b, expected)
    expect(is_right, "another slope of the bias", got=grad_b, expected=expected, **shown)
    slopes = [expected * value for value in x]
    shown = shown | {"got": grad_w, "expected": slopes}
    by_weights = [expected * weight for weight in w]
    expect(not are_close(grad_w, by_weights), "the slopes are multiplied by the weights", **shown)
    expect(are_close(grad_w, slopes), "other slopes of the weights", **shown)
    for name, before, after in (("x", x, x_given), ("w", w, w_given)):
        expect(before == after, "an argument is changed", name=name, got=after, expected=before)


def mistaken_slopes(logit, y, target, b) -> dict[str, float]:
    """Return the slope of the bias that each known mistake gives."""
    grad_y = 2 * (y - target)
    return {
        "the slope of the sigmoid is missing": grad_y,
        "the factor 2 is missing": grad_y * y * (1 - y) / 2,
        "the slope of the sigmoid is taken at the logit": grad_y * logit * (1 - logit),
        "the slope of the sigmoid is y times y": grad_y * y * y,
        "the sign is wrong": -grad_y * y * (1 - y),
        "the bias gets another slope": grad_y * y * (1 - y) * b,
    }
