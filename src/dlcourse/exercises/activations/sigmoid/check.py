"""Check activations/sigmoid."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the sign is reversed": "sigmoid(1.0) returns {got}, expected 0.731059: this is the sigmoid of "
    "−1. The larger z is, the larger is its sigmoid.",
    "another function": "sigmoid(1.0) returns {got}, the tanh of 1, expected 0.731059: the sigmoid "
    "lies between 0 and 1 and is one half at 0.",
    "the example is wrong": "sigmoid(1.0) returns {got}, expected 0.731059.",
    "another value": "sigmoid({z}) returns {got}, expected {expected}.",
    "it overflows for large negative numbers": "sigmoid(1.0) is correct, but sigmoid(-800) "
    "overflows: exp(800) is too large for a float. For negative z use exp(z) / (1 + exp(z)).",
    "it overflows for large positive numbers": "sigmoid(1.0) is correct, but sigmoid(800) "
    "overflows: exp(800) is too large for a float. For positive z use 1 / (1 + exp(-z)).",
    "small answers are cut off": "sigmoid(-40) returns {got}, the same as sigmoid(-50), expected "
    "{expected}: z is cut off somewhere.",
    "small answers become 0": "sigmoid(-40) returns 0, expected {expected}: a float can hold this "
    "number, and its logarithm is needed later.",
    "another small value": "sigmoid(-40) returns {got}, expected {expected}.",
}


def right_sigmoid(z: float) -> float:
    """Return the sigmoid of a number of moderate size."""
    return 1 / (1 + math.exp(-z))


def large(learner, z: int, expected: float, key: str) -> None:
    """Compare at a place where exp may overflow."""
    try:
        got = learner.sigmoid(z)
    except OverflowError:
        expect(False, key)
        return
    expect_number(got, f"sigmoid({z})")
    expect(is_close(got, expected, 1e-12), "another value", z=z, got=got, expected=expected)


def check(learner, generator: random.Random) -> None:
    """Compare at 1, at random places, and far out on both sides."""
    got = learner.sigmoid(1.0)
    expect_number(got, "sigmoid(1.0)")
    expect(not is_close(got, right_sigmoid(-1)), "the sign is reversed", got=got)
    expect(not is_close(got, math.tanh(1)), "another function", got=got)
    expect(is_close(got, right_sigmoid(1.0)), "the example is wrong", got=got)
    for z in [0.0, *(generator.uniform(-9, 9) for _ in range(20))]:
        expected = right_sigmoid(z)
        value = learner.sigmoid(z)
        expect_number(value, f"sigmoid({z:.3f})")
        expect(is_close(value, expected), "another value", z=z, got=value, expected=expected)
    large(learner, 800, 1.0, "it overflows for large positive numbers")
    large(learner, -800, 0.0, "it overflows for large negative numbers")
    expected = math.exp(-40)  # 1 + exp(-40) is 1 in a float
    small = learner.sigmoid(-40)
    expect_number(small, "sigmoid(-40)")
    expect(small != 0, "small answers become 0", expected=expected)
    smaller = learner.sigmoid(-50)
    shown = {"got": small, "expected": expected}
    expect(small != smaller, "small answers are cut off", **shown)
    is_right = math.isclose(small, expected, rel_tol=1e-9)
    expect(is_right, "another small value", **shown)
