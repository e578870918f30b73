"""Check activations/relu_curve."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

MESSAGES = {
    "not a pair": "kinks(xs, ys) returns {got}, expected start and the list of changes.",
    "another start": "For the points of the example start is {got}, expected 1: left of the first "
    "place all ReLUs are 0, and the curve begins at the first height.",
    "slopes in place of changes": "For the points of the example you return the changes {got}, "
    "expected {expected}: these are the slopes. At 1 the slope goes from 2 to −0.5.",
    "heights in place of slopes": "For the points of the example you return the changes {got}, "
    "expected {expected}: divide the rise of each piece by its width.",
    "the changes have the wrong sign": "For the points of the example you return the changes "
    "{got}, expected {expected}: a change is the slope behind the place minus the one before it.",
    "other changes": "For the points of the example you return the changes {got}, expected "
    "{expected}.",
    "no ReLU in the curve": "At x = {x} your curve is {got}, expected {expected}: a ReLU is 0 left "
    "of its place, and here it goes below.",
    "all kinks are at 0": "At x = {x} your curve is {got}, expected {expected}: each ReLU begins "
    "at its own place, relu(x - xs[i]).",
    "another value of the curve": "At x = {x} your curve is {got}, expected {expected}.",
    "a point is missed": "With your kinks the curve of {count} random points is {got} at x = {x}, "
    "expected {expected}.",
}
XS, YS = [0, 1, 3], [1, 3, 2]
CHANGES = [2.0, -2.5]


def value(x: float, xs: list[float], start: float, changes: list[float]) -> float:
    """Return the value of the sum of ReLUs."""
    return start + sum(
        change * max(0, x - place) for place, change in zip(xs, changes, strict=False)
    )


def pair(got, count: int) -> tuple[float, list[float]]:
    """Return start and changes, or stop."""
    expect(isinstance(got, tuple) and len(got) == 2, "not a pair", got=got)
    expect_number(got[0], "start")
    expect_list(got[1], count, "changes")
    for change in got[1]:
        expect_number(change, "a change")
    return got


def look_at_example(learner) -> None:
    """Compare start and changes with the example and with known mistakes."""
    start, changes = pair(learner.kinks(XS[:], YS[:]), 2)
    expect(is_close(start, 1), "another start", got=start)
    shown = {"got": changes, "expected": CHANGES}
    expect(not are_close(changes, [2, -0.5]), "slopes in place of changes", **shown)
    no_width = are_close(changes, [2, -3]) or are_close(changes, [2, -1])
    expect(not no_width, "heights in place of slopes", **shown)
    is_reversed = are_close(changes, [-2, 2.5])
    expect(not is_reversed, "the changes have the wrong sign", **shown)
    expect(are_close(changes, CHANGES), "other changes", **shown)


def look_at_curve(learner, x: float, xs: list, start: float, changes: list) -> None:
    """Compare the value of the curve at one place."""
    got = learner.curve(x, xs[:], start, changes[:])
    expect_number(got, f"curve({x:g}, …)")
    expected = value(x, xs, start, changes)
    shown = {"x": x, "got": got, "expected": expected}
    is_right = is_close(got, expected)
    if not is_right:
        straight = start + sum(
            change * (x - place) for place, change in zip(xs, changes, strict=False)
        )
        expect(not is_close(got, straight), "no ReLU in the curve", **shown)
        at_zero = start + sum(changes) * max(0, x)
        expect(not is_close(got, at_zero), "all kinks are at 0", **shown)
    expect(is_right, "another value of the curve", **shown)


def check(learner, generator: random.Random) -> None:
    """Look at the example, then at random points, inside and outside their range."""
    look_at_example(learner)
    for x in (2, 0.5, -1.5, 5):
        look_at_curve(learner, x, XS, 1, CHANGES)
    for count in (2, 5, 9):
        xs = [generator.uniform(-3, -2)]
        for _ in range(count - 1):
            xs.append(xs[-1] + generator.uniform(0.3, 1.1))
        ys = [math.sin(x) + generator.uniform(-0.5, 0.5) for x in xs]
        start, changes = pair(learner.kinks(xs[:], ys[:]), count - 1)
        for x, y in zip(xs, ys, strict=True):
            got = value(x, xs, start, changes)
            shown = {"count": count, "got": got, "x": x, "expected": y}
            expect(is_close(got, y), "a point is missed", **shown)
        for x in (xs[0] - 1, xs[-1] + 2, sum(xs) / count):
            look_at_curve(learner, x, xs, start, changes)
