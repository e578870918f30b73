"""Check gan/game."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_number

MESSAGES = {
    "not a pair": "play_step(...) is {got}, expected a pair (new point, new slope).",
    "the pair is swapped": "'{kind}': you return {got}, expected {expected}: the point comes "
    "first.",
    "the discriminator goes down": "'{kind}': you return {got}, expected {expected}: the slope "
    "moves the wrong way. The discriminator raises -slope * point: add -point.",
    "the generator goes down": "'{kind}': you return {got}, expected {expected}: the point moves "
    "the wrong way. The generator raises slope * point: add the slope.",
    "the new slope": "'{kind}': you return {got}, expected {expected}: your generator uses the "
    "new slope. In simultaneous steps both use the old numbers.",
    "the old slope": "'{kind}': you return {got}, expected {expected}: your generator uses the "
    "old slope. In alternating steps it already sees the new one.",
    "no penalty": "'{kind}': you return {got}, expected {expected}: the penalty is missing. It "
    "adds -slope to the discriminator's gradient.",
    "the penalty is doubled": "'{kind}': you return {got}, expected {expected}: the slope of "
    "slope² / 2 is the slope itself, not twice the slope.",
    "the penalty raises the slope": "'{kind}': you return {got}, expected {expected}: the penalty "
    "makes the slope smaller. Subtract the slope from the gradient.",
    "no step size": "'{kind}': you return {got}, expected {expected}: multiply both gradients by "
    "the step size.",
    "another step": "'{kind}': you return {got}, expected {expected} from the point {point} and "
    "the slope {slope} with the step size {step_size}.",
    "the distance after 100 steps": "'{kind}': after 100 of your steps the distance from (0, 0) "
    "is {got}, expected {expected}.",
}


def move(point, slope, size, kind, penalty=1, down=1, up=1, old=None):
    """Return the pair after one step; other arguments than the first four make a mistake."""
    gradient = -down * point
    if kind == "R1":
        gradient -= penalty * slope
    new_slope = slope + size * gradient
    uses_old = kind == "simultaneous" if old is None else old
    return point + size * up * (slope if uses_old else new_slope), new_slope


def compare(learner, point, slope, size, kind):
    """Compare one step with those of known mistakes."""
    got = learner.play_step(point, slope, size, kind)
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    for value, name in zip(got, ("the new point", "the new slope"), strict=True):
        expect_number(value, name)
    right = move(point, slope, size, kind)
    mistakes = {
        "the pair is swapped": right[::-1],
        "the discriminator goes down": move(point, slope, size, kind, down=-1),
        "the generator goes down": move(point, slope, size, kind, up=-1),
        "no step size": move(point, slope, 1, kind),
        "no penalty": move(point, slope, size, kind, penalty=0),
        "the penalty is doubled": move(point, slope, size, kind, penalty=2),
        "the penalty raises the slope": move(point, slope, size, kind, penalty=-1),
    }
    other = "the new slope" if kind == "simultaneous" else "the old slope"
    mistakes[other] = move(point, slope, size, kind, old=kind != "simultaneous")
    shown = {"kind": kind, "got": tuple(got), "expected": right}
    for key, mistaken in mistakes.items():
        is_other = not are_close(mistaken, right)
        expect(not (is_other and are_close(got, mistaken)), key, **shown)
    shown.update(point=point, slope=slope, step_size=size)
    expect(are_close(got, right), "another step", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then random places, then where 100 steps lead."""
    for kind in ("simultaneous", "alternating", "R1"):
        compare(learner, 1.0, 0.5, 0.1, kind)
    for kind in ("R1", "alternating", "simultaneous"):
        point = generator.uniform(0.5, 2)
        slope = generator.uniform(-2, -0.5)
        compare(learner, point, slope, generator.uniform(0.05, 0.2), kind)
    for kind in ("simultaneous", "alternating", "R1"):
        place = expected = (1.0, 0.0)
        for _ in range(100):
            place = learner.play_step(*place, 0.1, kind)
            expected = move(*expected, 0.1, kind)
        shown = {"kind": kind, "got": math.hypot(*place), "expected": math.hypot(*expected)}
        expect(are_close(place, expected), "the distance after 100 steps", **shown)
