"""Check stability/init_scale."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

STD = "better_std({lengths}, {std}) returns {got}, expected {expected}: "
CASE = 'recognize returns "{got}", expected "{expected}": '
MESSAGES = {
    "one factor too many": STD
    + "between {count} layers there are {steps} steps, so {steps} factors.",
    "the wrong way": STD
    + "this changes the lengths further. The factor is {factor}, so divide by it.",
    "the factor of all layers together": STD + "first / last is the product of {steps} factors.",
    "the root is taken as well": STD
    + "the length's factor is proportional to std itself, not to its square.",
    "another std": STD + "the factor of one step is {factor}.",
    "a network shows another length": "With your std {got} the gradient of a real network changes "
    "its length by the factor {ratio}, expected 1.",
    "dead units are not recognized": CASE + "unit {unit} has the output 0 for every example.",
    "a unit that rests once is not dead": CASE
    + "every unit has an output above 0 for some example.",
    "an example is no unit": CASE
    + "example {example} has only zeros, but each unit is above 0 for another one.",
    "vanishing is not recognized": CASE + "the lengths go from {last} in the last layer down to "
    "{first} in the first.",
    "exploding is not recognized": CASE
    + "the lengths go from {last} in the last layer up to {first} in the first.",
    "a healthy start is not recognized": CASE + "the lengths go from {last} in the last layer to "
    "{first} in the first, and no unit is dead.",
}


def check(learner, generator: random.Random) -> None:
    """Check the standard deviation with made-up and with real lengths, then the words."""
    check_std(learner, [0.25, 0.5, 1.0], 0.1)
    for num_layers in (2, 5, 9):
        factor = round(generator.uniform(0.3, 3), 2)
        lengths = [2.0 * factor**step for step in range(num_layers)][::-1]
        check_std(learner, lengths, round(generator.uniform(0.05, 0.5), 2))
    check_network(learner, generator)
    check_words(learner, generator)


def check_std(learner, lengths: list[float], std: float) -> None:
    """Compare the standard deviation, and name the mistake that gives the learner's."""
    got = learner.better_std(lengths[:], std)
    expect_number(got, "better_std(lengths, std)")
    ratio = lengths[0] / lengths[-1]
    steps = len(lengths) - 1
    factor = ratio ** (1 / steps)
    mistakes = {
        "one factor too many": std / ratio ** (1 / len(lengths)),
        "the wrong way": std * factor,
        "the factor of all layers together": std / ratio,
        "the root is taken as well": std / factor**0.5,
    }
    shown = {"lengths": lengths, "std": std, "got": got, "expected": std / factor}
    shown |= {"count": len(lengths), "steps": steps, "factor": factor}
    for key, mistaken in mistakes.items():
        is_mistake = is_close(got, mistaken) and not is_close(mistaken, std / factor)
        expect(not is_mistake, key, **shown)
    expect(is_close(got, std / factor), "another std", **shown)


def gradient_lengths(weights: list, std: float) -> list[float]:
    """Return the gradient's length in each layer of a ReLU network, its weights times std."""
    signal = [1.0] * len(weights[0])
    signs = []
    for layer in weights:
        sums = [std * sum(w * x for w, x in zip(row, signal, strict=True)) for row in layer]
        signs.append([value > 0 for value in sums])
        signal = [max(value, 0.0) for value in sums]
    gradient = [1.0] * len(signal)
    lengths = []
    for layer, is_positive in zip(reversed(weights), reversed(signs), strict=True):
        passed = [g * p for g, p in zip(gradient, is_positive, strict=True)]
        lengths.insert(0, sum(g * g for g in passed) ** 0.5)
        columns = zip(*layer, strict=True)
        gradient = [std * sum(w * g for w, g in zip(c, passed, strict=True)) for c in columns]
    return lengths


def check_network(learner, generator: random.Random) -> None:
    """Run a network with the learner's standard deviation: the ends must have equal lengths."""
    lengths = [0.0]
    while min(lengths) == 0:  # a layer whose units are all dead
        weights = []
        for _ in range(6):
            weights.append([[generator.gauss(0, 1) for _ in range(11)] for _ in range(11)])
        std = round(generator.uniform(0.1, 0.9), 2)
        lengths = gradient_lengths(weights, std)
    got = learner.better_std(lengths[:], std)
    expect_number(got, "better_std(lengths, std)")
    after = gradient_lengths(weights, got)
    ratio = after[0] / after[-1] if after[-1] else 0.0
    expect(is_close(ratio, 1.0), "a network shows another length", got=got, ratio=ratio)


def check_words(learner, generator: random.Random) -> None:
    """Compare the word for each kind of start."""
    num_units = 5
    outputs = [[generator.uniform(0.1, 2) for _ in range(num_units)] for _ in range(3)]
    resting = [row[:] for row in outputs]
    for example, row in enumerate(resting):
        row[example] = 0.0  # another unit for each example
    blank = [*outputs, [0.0] * num_units]
    dead = [row[:] for row in outputs]
    unit = generator.randrange(num_units)
    for row in dead:
        row[unit] = 0.0
    level = [1.2, 0.9, 1.0]
    small = [2e-5, 0.3, 0.5]
    large = [2e5, 3.0, 0.5]
    numbers = {"unit": unit, "example": len(outputs)}
    for lengths, values, word, key in (
        (level, resting, "healthy", "a unit that rests once is not dead"),
        (level, blank, "healthy", "an example is no unit"),
        (level, dead, "dead units", "dead units are not recognized"),
        (small, dead, "dead units", "dead units are not recognized"),
        (small, outputs, "vanishing", "vanishing is not recognized"),
        (large, outputs, "exploding", "exploding is not recognized"),
        ([0.4, 1.0, 90.0], outputs, "healthy", "a healthy start is not recognized"),
        ([90.0, 1.0, 0.4], outputs, "healthy", "a healthy start is not recognized"),
        ([0.002, 1.0, 2.0], outputs, "healthy", "a healthy start is not recognized"),
        ([0.0018, 1.0, 2.0], outputs, "vanishing", "vanishing is not recognized"),
        ([2000.0, 1.0, 2.0], outputs, "healthy", "a healthy start is not recognized"),
        ([2001.0, 1.0, 2.0], outputs, "exploding", "exploding is not recognized"),
    ):
        got = learner.recognize(lengths[:], [row[:] for row in values])
        is_right = isinstance(got, str) and got == word
        shown = {"got": got, "expected": word, "first": lengths[0], "last": lengths[-1]}
        expect(is_right, key, **shown, **numbers)
