"""Check neuron/weighted_sum."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the bias is missing": "weighted_sum({x}, {w}, {b}) returns {got}, expected {expected}: "
    "the bias is not added.",
    "the bias is added for each input": "weighted_sum({x}, {w}, {b}) returns {got}, expected "
    "{expected}: the bias is added once for each input, but a neuron adds it once.",
    "not all inputs are used": "With {count} inputs you return {got}, expected {expected}: only "
    "the first two inputs are used.",
    "always the same": "You return {got} for other inputs as well, expected {expected}: compute "
    "the sum from x, w and b.",
    "another sum": "weighted_sum({x}, {w}, {b}) returns {got}, expected {expected}.",
    "another random sum": "With {count} random inputs you return {got}, expected {expected}.",
}
X, W, B = [2.0, -1.0, 0.5], [0.5, 1.0, 2.0], 0.5  # the example of the task


def products(x: list[float], w: list[float]) -> float:
    """Return the weighted sum without the bias."""
    return sum(weight * value for weight, value in zip(w, x, strict=True))


def check(learner, generator: random.Random) -> None:
    """Compare the worked example, then 1 to 7 random inputs."""
    got = learner.weighted_sum(X[:], W[:], B)
    expect_number(got, "weighted_sum(x, w, b)")
    shown = {"x": X, "w": W, "b": B, "got": got, "expected": 1.5}
    expect(not is_close(got, 1.0), "the bias is missing", **shown)
    expect(not is_close(got, 2.5), "the bias is added for each input", **shown)
    for count in (1, 3, 5, 7):
        x = [generator.uniform(-2, 2) for _ in range(count)]
        w = [generator.uniform(-2, 2) for _ in range(count)]
        b = generator.uniform(1, 2)
        random_sum = learner.weighted_sum(x[:], w[:], b)
        expect_number(random_sum, "weighted_sum(x, w, b)")
        expected = products(x, w) + b
        shown_random = {"count": count, "got": random_sum, "expected": expected}
        is_constant = random_sum == got == 1.5
        expect(not is_constant, "always the same", **shown_random)
        two = products(x[:2], w[:2]) + b
        uses_two = count > 2 and is_close(random_sum, two) and not is_close(two, expected)
        expect(not uses_two, "not all inputs are used", **shown_random)
        if count > 1:  # first the example, which can be followed by hand
            expect(is_close(got, 1.5), "another sum", **shown)
        expect(is_close(random_sum, expected), "another random sum", **shown_random)
