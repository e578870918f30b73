"""Check code/slope."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "the change is not divided": "For x**2 at 3 with the nudge 0.25 you return {got}, expected "
    "{expected}: that is the change of f. Divide it by the distance between the inputs.",
    "the distance is twice the nudge": "For x**2 at 3 you return {got}, expected {expected}: x - "
    "nudge and x + nudge are two nudges apart, so divide by 2 * nudge.",
    "only one side is nudged": "For x**2 at 3 with the nudge 0.5 you return {got}, expected "
    "{expected}: one of the two inputs is x itself. Nudge to both sides.",
    "the sign is reversed": "For x**2 at 3 you return {got}, expected {expected}: subtract the "
    "value at x - nudge from the value at x + nudge.",
    "the nudge is not used": "For x**3 at 2 with the nudge 0.5 you return {got}, expected "
    "{expected}: that is the slope for the nudge 0.001.",
    "another default": "Without a nudge, 1000000 * x**3 at 0 gives {got}, expected {expected}: the "
    "nudge is 0.001 unless another is given.",
    "another slope": "For {formula} at {x} with the nudge {nudge} you return {got}, expected "
    "{expected}.",
}


def square(x: float) -> float:
    """Return x squared."""
    return x**2


def cube(x: float) -> float:
    """Return the third power of x."""
    return x**3


def check(learner, generator: random.Random) -> None:
    """Find the slope of a square, then of cubes, then with the default."""
    got = learner.slope(square, 3, 0.5)
    expect_number(got, "slope(f, 3, 0.5)")
    shown = {"got": got, "expected": 6.0}
    expect(not is_close(got, 12.0), "the distance is twice the nudge", **shown)
    is_one_side = is_close(got, 6.5) or is_close(got, 5.5)
    expect(not is_one_side, "only one side is nudged", **shown)
    expect(not is_close(got, -6.0), "the sign is reversed", **shown)
    # with the nudge 0.5 the distance is 1, and change and slope are equal
    cubed = learner.slope(cube, 2, 0.5)
    expect_number(cubed, "slope(f, 2, 0.5)")
    narrow = learner.slope(square, 3, 0.25)
    expect_number(narrow, "slope(f, 3, 0.25)")
    is_change = is_close(narrow, 3.0)
    expect(not is_change, "the change is not divided", got=narrow, expected=6.0)
    is_fixed = is_close(cubed, 12.000001)
    expect(not is_fixed, "the nudge is not used", got=cubed, expected=12.25)
    example = {"formula": "x**2", "x": 3, "nudge": 0.5}
    expect(is_close(got, 6.0), "another slope", **example, **shown)
    for _ in range(5):
        x = generator.uniform(-2, 2)
        nudge = generator.uniform(0.2, 1.5)
        expected = 3 * x**2 + nudge**2
        random_slope = learner.slope(cube, x, nudge)
        expect_number(random_slope, "slope(f, x, nudge)")
        case = {"formula": "x**3", "x": x, "nudge": nudge, "expected": expected}
        expect(is_close(random_slope, expected), "another slope", got=random_slope, **case)
    by_default = learner.slope(lambda x: 1e6 * x**3, 0)
    expect(is_close(by_default, 1.0), "another default", got=by_default, expected=1.0)
