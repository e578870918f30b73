"""Check convolution/choose."""

import math
import random
from itertools import combinations, pairwise

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "another word": "layer_for(...) returns {got}, expected “convolution” or “fully connected”.",
    "no neighbors": "For {kind} you choose a convolution: neighbors differ by {near} on average, "
    "any two places by {far}. Nothing in a window belongs together.",
    "neighbors belong together": "For {kind} you choose a fully connected layer: neighbors differ "
    "by {near} on average, any two places by {far}. They belong together.",
    "the slopes are added": "For the slopes {slopes} you return {got}, expected {expected}: that "
    "is their sum. Each layer multiplies the gradient.",
    "without the residual connections": "For the slopes {slopes} of a residual network you return "
    "{got}, expected {expected}: its input is added to the result of each layer.",
    "1 is added once": "For the slopes {slopes} of a residual network you return {got}, expected "
    "{expected}: each layer has a way past it, so 1 is added to each slope.",
    "residual connections that are not there": "For the slopes {slopes} of a plain network you "
    "return {got}, expected {expected}: nothing is added to them.",
    "another gradient": "For the slopes {slopes} you return {got}, expected {expected}.",
    "the old classes": "For {features} features, {old} old and {new} new classes you return {got}, "
    "expected {expected}: the new layer has an output for each new class.",
    "no biases": "For {features} features, {old} old and {new} new classes you return {got}, "
    "expected {expected}: each output has a bias.",
    "another number of weights": "For {features} features, {old} old and {new} new classes you "
    "return {got}, expected {expected}.",
}


def measure(rows):
    """Return the mean difference of neighbors, and that of any two places."""
    near = [abs(a - b) for row in rows for a, b in pairwise(row)]
    far = [abs(a - b) for row in rows for a, b in combinations(row, 2)]
    return sum(near) / len(near), sum(far) / len(far)


def strokes(generator):
    """Return rows of pixels with a stroke of five white ones anywhere."""
    rows = []
    for _ in range(40):
        start = generator.randrange(0, 15)
        rows.append([float(start <= i < start + 5) for i in range(20)])
    return rows


def make_cases(generator):
    """Return rows of four kinds, in a random order."""
    pages = strokes(generator)
    order = list(range(20))
    while sum(abs(a - b) == 1 for a, b in pairwise(order)) > 2:
        generator.shuffle(order)  # hardly any old neighbors side by side
    phase = generator.uniform(0, 6)
    loudness = generator.uniform(1, 50)
    cases = {
        "strokes at random places": pages,
        "strokes, pixels in a new order": [[row[place] for place in order] for row in pages],
        "measurements of patients": [[generator.random() for _ in range(30)] for _ in range(40)],
        "sound": [[loudness * math.sin(phase + i / 4) for i in range(60)]],
    }
    names = list(cases)
    generator.shuffle(names)
    return {name: cases[name] for name in names}


def look_at_layer(learner, kind, rows):
    """Compare the choice with what neighbors say."""
    near, far = measure(rows)
    got = learner.layer_for([row[:] for row in rows])
    expect(got in ("convolution", "fully connected"), "another word", got=got)
    shown = {"kind": kind, "near": f"{near:.2f}", "far": f"{far:.2f}"}
    fits = near < far / 2
    expect(fits or got != "convolution", "no neighbors", **shown)
    expect(not fits or got == "convolution", "neighbors belong together", **shown)


def look_at_gradient(learner, slopes, is_residual):
    """Compare the gradient with what known mistakes give."""
    got = learner.gradient_left(slopes[:], is_residual)
    expect_number(got, "gradient_left(...)")
    plain = math.prod(slopes)
    residual = math.prod(1 + slope for slope in slopes)
    expected = residual if is_residual else plain
    mistakes = {"the slopes are added": sum(slopes)}
    if is_residual:
        mistakes["without the residual connections"] = plain
        mistakes["1 is added once"] = 1 + plain
    else:
        mistakes["residual connections that are not there"] = residual
    shown = {"slopes": slopes, "got": got, "expected": expected}
    for key, value in mistakes.items():
        expect(is_close(value, expected) or not is_close(got, value), key, **shown)
    expect(is_close(got, expected), "another gradient", **shown)


def look_at_weights(learner, features, old, new):
    """Compare the number of weights."""
    got = learner.weights_to_train(features, old, new)
    expect_number(got, "weights_to_train(...)")
    expected = (features + 1) * new
    shown = {"features": features, "old": old, "new": new, "got": got, "expected": expected}
    expect(got not in (features * old, (features + 1) * old), "the old classes", **shown)
    expect(got != features * new, "no biases", **shown)
    expect(got == expected, "another number of weights", **shown)


def check(learner, generator: random.Random) -> None:
    """Begin with the examples of the task; then data, slopes and sizes that are drawn anew."""
    look_at_layer(learner, "the example", [[0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]])
    look_at_layer(learner, "two levels", [[0.0, 2.0, 1.0], [0.0, 0.0, 0.0]])
    for kind, rows in make_cases(generator).items():
        look_at_layer(learner, kind, rows)
    height = generator.randint(1, 9)
    for count in (5, 6):  # in five steps neighbors differ by exactly half as much
        look_at_layer(learner, f"{count} steps", [[height * i for i in range(count)]])
    look_at_gradient(learner, [0.5, 0.8], False)
    look_at_gradient(learner, [0.5, 0.8], True)
    look_at_weights(learner, 64, 1000, 5)
    for count in (1, 3, 7):
        slopes = [round(generator.uniform(0.2, 0.9), 2) for _ in range(count)]
        look_at_gradient(learner, slopes, True)
        look_at_gradient(learner, slopes, False)
        sizes = [generator.randrange(20, 90), generator.randrange(100, 200), 3 + count]
        look_at_weights(learner, *sizes)
