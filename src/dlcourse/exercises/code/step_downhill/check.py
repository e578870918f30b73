"""Check code/step_downhill."""

import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not a pair": "You return {got}, expected a tuple of the new w and the new b.",
    "the step goes uphill": "You return {got}, expected {expected}: both numbers move along their "
    "slopes, which makes the loss larger. Subtract the slope times the learning rate.",
    "w is changed too early": "Your b is {got}, expected {expected}: the slope of b was found with "
    "the new w. Find both slopes at the same place first.",
    "both numbers are nudged at once": "You return {got}, expected {expected}: both numbers were "
    "nudged together. For a partial derivative the other number is held still.",
    "only one side is nudged": "You return {got}, expected {expected}: with a nudge of 0.25 this "
    "comes from nudging to one side. Nudge to both sides, and divide by 2 * nudge.",
    "only one number moves": "You return {got}, expected {expected}: one of the two numbers has "
    "not moved, although its slope is not 0.",
    "another default": "Without a nudge you return w = {got}, expected {expected}: the nudge is "
    "0.001 unless another is given.",
    "another step": "From w = {w}, b = {b} you return {got}, expected {expected}.",
}


def pair(got, name: str) -> tuple[float, float]:
    """Return the two numbers, or stop."""
    expect(isinstance(got, tuple) and len(got) == 2, "not a pair", got=got)
    expect_number(got[0], f"w of {name}")
    expect_number(got[1], f"b of {name}")
    return got


def is_pair(got: tuple[float, float], w: float, b: float) -> bool:
    """Say whether both numbers agree."""
    return is_close(got[0], w) and is_close(got[1], b)


def check(learner, generator: random.Random) -> None:
    """Take the step of the task, then random steps, then one with the default nudge."""
    for place in range(5):
        x, target, w, b, rate = (generator.uniform(0.5, 2) for _ in range(5))
        nudge = 0.25
        if place == 0:
            x, target, w, b, rate = 2.0, 1.0, 3.0, -1.0, 0.1

        def loss(w: float, b: float, x: float = x, target: float = target) -> float:
            return (x * w + b - target) ** 2

        error = x * w + b - target
        slope_w = 2 * error * x
        slope_b = 2 * error
        expected = (w - rate * slope_w, b - rate * slope_b)
        got = pair(learner.step_downhill(loss, w, b, rate, nudge), "the result")
        shown = {"got": got, "expected": expected}
        is_right = is_pair(got, *expected)
        uphill = is_pair(got, w + rate * slope_w, b + rate * slope_b)
        expect(is_right or not uphill, "the step goes uphill", **shown)
        late = b - rate * 2 * (x * expected[0] + b - target)
        is_early = is_pair(got, expected[0], late)
        in_b = {"got": got[1], "expected": expected[1]}
        expect(is_right or not is_early, "w is changed too early", **in_b)
        both = slope_w + slope_b
        is_both = is_pair(got, w - rate * both, b - rate * both)
        expect(is_right or not is_both, "both numbers are nudged at once", **shown)
        one_w = w - rate * (slope_w + nudge * x**2)  # the error of one side
        is_one_side = is_pair(got, one_w, b - rate * (slope_b + nudge))
        expect(is_right or not is_one_side, "only one side is nudged", **shown)
        stays = is_close(got[0], w) or is_close(got[1], b)
        expect(is_right or not stays, "only one number moves", **shown)
        expect(is_right, "another step", w=w, b=b, **shown)

    got = pair(learner.step_downhill(lambda w, b: 1e6 * w**3 + b**2, 0.0, 1.0, 1.0), "the result")
    expect(is_close(got[0], -1.0), "another default", got=got[0], expected=-1.0)
