"""Check diffusion/denoise_step."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

MESSAGES = {
    "no fresh noise": "From share {s} to {next_s} you return {got}, expected {expected}: the "
    "fresh noise is missing, so the samples would lose variance.",
    "all predicted": "From share {s} to {next_s} you return {got}, expected {expected}: all noise "
    "is predicted noise. A part of it, drawn, has to be fresh.",
    "no square roots": "From share {s} to {next_s} you return {got}, expected {expected}: the "
    "factors are the square roots of the variances.",
    "the guess alone": "From share {s} to {next_s} you return {got}, expected {expected}: that is "
    "the guess. Noise of the variance {rest} has to be left at this level.",
    "kept and drawn are swapped": "From share {s} to {next_s} you return {got}, expected "
    "{expected}: kept belongs to the predicted noise, drawn to the fresh noise.",
    "the guess has the noise": "From share {s} to {next_s} you return {got}, expected {expected}: "
    "your guess is x / √s. Subtract the predicted noise first.",
    "the guess is not scaled": "From share {s} to {next_s} you return {got}, expected {expected}: "
    "divide the guess by √s, since the example was made smaller by it.",
    "another number": "From share {s} to {next_s} you return {got}, expected {expected}.",
    "the lists are changed": "Your function changes the lists that it gets.",
}


def step(x, noise, fresh, s, next_s, way="right"):
    """Return the new numbers, the right ones or those of a known mistake."""
    drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)
    kept = max(1 - next_s - drawn, 0.0)
    factors = [math.sqrt(next_s), math.sqrt(kept), math.sqrt(drawn)]
    if way == "no fresh noise":
        factors[2] = 0.0
    elif way == "all predicted":
        factors[1:] = [math.sqrt(1 - next_s), 0.0]
    elif way == "no square roots":
        factors = [next_s, kept, drawn]
    elif way == "the guess alone":
        factors = [1.0, 0.0, 0.0]
    elif way == "kept and drawn are swapped":
        factors[1:] = factors[:0:-1]
    new_x = []
    for value, predicted, random_number in zip(x, noise, fresh, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        if way == "the guess has the noise":
            guess = value / math.sqrt(s)
        elif way == "the guess is not scaled":
            guess *= math.sqrt(s)
        new_x.append(factors[0] * guess + factors[1] * predicted + factors[2] * random_number)
    return new_x


def compare(learner, x, noise, fresh, s, next_s):
    """Compare one step with those of known mistakes."""
    copies = [x[:], noise[:], fresh[:]]
    got = learner.denoise_step(*copies, s, next_s)
    expect_list(got, len(x), "denoise_step(...)")
    for value in got:
        expect_number(value, "a new number")
    expect(copies == [x, noise, fresh], "the lists are changed")
    right = step(x, noise, fresh, s, next_s)
    shown = {"s": s, "next_s": next_s, "expected": right, "got": got, "rest": 1 - next_s}
    for key in list(MESSAGES)[:-2]:  # the known mistakes
        mistaken = step(x, noise, fresh, s, next_s, key)
        is_other = not are_close(mistaken, right)
        expect(not (is_other and are_close(got, mistaken)), key, **shown)
    expect(are_close(got, right), "another number", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then random steps and the last one."""
    compare(learner, [1.1], [1.0], [-1.0], 0.25, 0.64)
    for count, s, next_s in ((3, 0.1, 0.3), (5, 0.55, 0.6), (2, 0.8, 1.0)):
        x, noise, fresh = ([generator.gauss(0, 1) for _ in range(count)] for _ in range(3))
        compare(learner, x, noise, fresh, s, next_s)
