"""Check activations/leaky_relu."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "this is ReLU": "leaky_relu(-2, 0.5) returns 0, expected -1: ReLU cuts off what is below zero, "
    "the leaky one multiplies it by a.",
    "a is not used": "leaky_relu(-2, 0.5) returns {got}, expected -1: this is the value for a = "
    "0.01.",
    "the sign is lost": "leaky_relu(-2, 0.5) returns {got}, expected -1: a * z is negative below "
    "zero.",
    "the larger of both": "leaky_relu({z}, {a}) returns {got}, expected {expected}: max(z, a * z) "
    "takes the wrong one when a is above 1.",
    "another default": "leaky_relu(-2) returns {got}, expected -0.02: a is 0.01 unless another is "
    "given.",
    "another value": "leaky_relu({z}, {a}) returns {got}, expected {expected}.",
    "the slope of ReLU": "slope(-2, 0.5) returns 0, expected 0.5: below zero the line a * z has "
    "the slope a.",
    "the slope is a value": "slope({z}, {a}) returns {got}, the value of leaky_relu there, "
    "expected {expected}: the slope is the factor in front of z.",
    "another slope at 0": "slope(0, {a}) returns {got}, expected {expected}: at exactly 0 the task "
    "asks for a.",
    "another default of slope": "slope(-2) returns {got}, expected 0.01: a is 0.01 unless another "
    "is given.",
    "another slope": "slope({z}, {a}) returns {got}, expected {expected}.",
}


def look_at_value(learner, z: float, a: float) -> None:
    """Compare the value at one place."""
    got = learner.leaky_relu(z, a)
    expect_number(got, f"leaky_relu({z:g}, {a:g})")
    expected = z if z > 0 else a * z
    shown = {"z": z, "a": a, "got": got, "expected": expected}
    is_right = is_close(got, expected)
    is_larger = a > 1 and is_close(got, max(z, a * z))
    expect(is_right or not is_larger, "the larger of both", **shown)
    expect(is_right, "another value", **shown)


def look_at_slope(learner, z: float, a: float) -> None:
    """Compare the slope at one place."""
    got = learner.slope(z, a)
    expect_number(got, f"slope({z:g}, {a:g})")
    expected = 1 if z > 0 else a
    shown = {"z": z, "a": a, "got": got, "expected": expected}
    is_right = is_close(got, expected)
    value = z if z > 0 else a * z
    expect(is_right or not is_close(got, value), "the slope is a value", **shown)
    expect(is_right, "another slope", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the examples, values at random places, then slopes."""
    got = learner.leaky_relu(-2, 0.5)
    expect_number(got, "leaky_relu(-2, 0.5)")
    expect(got != 0, "this is ReLU")
    expect(not is_close(got, -0.02), "a is not used", got=got)
    expect(not is_close(got, 1), "the sign is lost", got=got)
    look_at_value(learner, -2, 0.5)
    by_default = learner.leaky_relu(-2)
    expect_number(by_default, "leaky_relu(-2)")
    expect(is_close(by_default, -0.02, 1e-9), "another default", got=by_default)
    places = [generator.uniform(-5, 5) for _ in range(10)]
    factors = [generator.uniform(0.1, 3) for _ in range(10)]
    look_at_value(learner, 3, 2)
    look_at_value(learner, 0, 2)
    look_at_value(learner, 0.5, 0.3)
    for z, a in zip(places, factors, strict=True):
        look_at_value(learner, z, a)
    got = learner.slope(-2, 0.5)
    expect_number(got, "slope(-2, 0.5)")
    expect(got != 0, "the slope of ReLU")
    look_at_slope(learner, -2, 0.5)
    by_default = learner.slope(-2)
    expect_number(by_default, "slope(-2)")
    expect(is_close(by_default, 0.01, 1e-9), "another default of slope", got=by_default)
    look_at_slope(learner, 3, 2)
    look_at_slope(learner, 0.5, 0.3)
    for z, a in zip(places, factors, strict=True):
        look_at_slope(learner, z, a)
    at_zero = learner.slope(0, 0.25)
    expect_number(at_zero, "slope(0, 0.25)")
    is_right = is_close(at_zero, 0.25)
    expect(is_right, "another slope at 0", a=0.25, got=at_zero, expected=0.25)
