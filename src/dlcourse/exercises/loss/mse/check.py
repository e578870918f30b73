"""Check loss/mse."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "the squares are not averaged": "For the errors 0, −2 and 0 you return {got}, expected "
    "1.33333: this is the sum of the squares. Divide it by their number.",
    "the errors are not squared": "For the errors 0, −2 and 0 you return {got}, expected 1.33333: "
    "this is the mean of the errors without their signs. Square them.",
    "half of the mean": "For the errors 0, −2 and 0 you return {got}, expected 1.33333: this is "
    "half of the mean of the squares.",
    "the example of mse is wrong": "For the errors 0, −2 and 0 you return {got}, expected 1.33333.",
    "another mean": "For {count} random errors you return {got}, expected {expected}.",
    "unequal lengths are not noticed": "For {left} outputs and {right} targets you return {got}, "
    "expected a ValueError: zip has dropped the rest without a message.",
    "not three values": "fit_line(…) returns {got}, expected three values: w, b, losses.",
    "a loss is missing": "Length of the loss curve: {got}, expected {expected}: one loss before "
    "the first step, and one after each step.",
    "the loss rises": "Your loss curve goes from {first} to {second} in the first step, expected "
    "{expected}: the step goes up the slope. Subtract.",
    "the height of the line stays 0": "After the first step b is 0, expected {expected}: b has a "
    "slope as well, the mean of 2 * error.",
    "b is changed with the new w": "After the first step b is {got}, expected {expected}: its "
    "slope was found with the new w. Compute both slopes before you change a number.",
    "another w": "After {steps} steps w is {got}, expected {expected}.",
    "another b": "After {steps} steps b is {got}, expected {expected}.",
    "another curve": "The loss after step {step} is {got}, expected {expected}.",
}


def right_mse(outputs: list[float], targets: list[float]) -> float:
    """Return the mean squared error."""
    pairs = list(zip(outputs, targets, strict=True))
    return sum((y - t) ** 2 for y, t in pairs) / len(pairs)


def right_line(x: list[float], targets: list[float], rate: float, steps: int):
    """Return the values of w, of b and of the loss, before and after each step."""
    w, b = [0.0], [0.0]
    losses = [right_mse([0.0] * len(x), targets)]
    for _ in range(steps):
        errors = [w[-1] * value + b[-1] - t for value, t in zip(x, targets, strict=True)]
        along_w = sum(2 * e * value for e, value in zip(errors, x, strict=True)) / len(x)
        w.append(w[-1] - rate * along_w)
        b.append(b[-1] - rate * 2 * sum(errors) / len(x))
        losses.append(right_mse([w[-1] * value + b[-1] for value in x], targets))
    return w, b, losses


def look_at_mse(learner, generator: random.Random) -> None:
    """Compare the example, random lists, and lists of unequal lengths."""
    got = learner.mse([1.0, 2.0, 3.0], [1.0, 4.0, 3.0])
    expect_number(got, "mse(outputs, targets)")
    expect(not is_close(got, 4), "the squares are not averaged", got=got)
    for count in (1, 5, 9):
        outputs = [generator.uniform(-3, 3) for _ in range(count)]
        targets = [generator.uniform(-3, 3) for _ in range(count)]
        value = learner.mse(outputs[:], targets[:])
        expect_number(value, "mse(outputs, targets)")
        expected = right_mse(outputs, targets)
        absolute = sum(abs(y - t) for y, t in zip(outputs, targets, strict=True)) / count
        is_right = is_close(value, expected)
        is_absolute = is_close(value, absolute)
        expect(is_right or not is_absolute, "the errors are not squared", got=got)
        is_half = is_close(value, expected / 2)
        expect(is_right or not is_half, "half of the mean", got=got)
        expect(is_close(got, 4 / 3), "the example of mse is wrong", got=got)
        expect(is_right, "another mean", count=count, got=value, expected=expected)
    for left, right in [(2, 3), (3, 2)]:
        try:
            value = learner.mse([1.0] * left, [2.0] * right)
        except ValueError:
            continue
        shown = {"left": left, "right": right, "got": value}
        expect(False, "unequal lengths are not noticed", **shown)


def look_at_line(learner, x: list, targets: list, rate: float, steps: int) -> None:
    """Compare the first step with known mistakes, then all numbers."""
    got = learner.fit_line(x[:], targets[:], rate, steps)
    expect(isinstance(got, tuple) and len(got) == 3, "not three values", got=got)
    w, b, losses = got
    expect_number(w, "w")
    expect_number(b, "b")
    is_short = isinstance(losses, list) and len(losses) == steps
    shown = {"got": steps, "expected": steps + 1}
    expect(not is_short, "a loss is missing", **shown)
    expect_list(losses, steps + 1, "the loss curve")
    for loss in losses:
        expect_number(loss, "a loss")
    right_w, right_b, right_losses = right_line(x, targets, rate, steps)
    if steps == 1:
        is_up = are_close([w, b], [-right_w[1], -right_b[1]])
        shown = {"first": losses[0], "second": losses[1], "expected": right_losses[1]}
        expect(not is_up, "the loss rises", **shown)
        stays = b == 0 and is_close(w, right_w[1])
        expect(not stays, "the height of the line stays 0", expected=right_b[1])
        errors = [right_w[1] * value - t for value, t in zip(x, targets, strict=True)]
        late = is_close(b, -rate * 2 * sum(errors) / len(x)) and is_close(w, right_w[1])
        shown = {"got": b, "expected": right_b[1]}
        expect(not late, "b is changed with the new w", **shown)
    shown = {"steps": steps, "got": w, "expected": right_w[-1]}
    expect(is_close(w, right_w[-1]), "another w", **shown)
    shown = {"steps": steps, "got": b, "expected": right_b[-1]}
    expect(is_close(b, right_b[-1]), "another b", **shown)
    for step, (mine, expected) in enumerate(zip(losses, right_losses, strict=True)):
        is_right = is_close(mine, expected)
        expect(is_right, "another curve", step=step, got=mine, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Look at the loss, then at the line of the task and at random lines."""
    look_at_mse(learner, generator)
    look_at_line(learner, [0, 1, 2], [1, 3, 5], 0.1, 1)
    for count, steps in [(4, 1), (5, 7), (7, 3)]:
        x = [generator.uniform(0.5, 2) for _ in range(count)]
        targets = [generator.uniform(1, 4) for _ in range(count)]
        look_at_line(learner, x, targets, 0.1, steps)
    look_at_line(learner, [1.0, 2.0], [3.0, 1.0], 0.1, 0)
