"""Check descent/momentum_step."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_number

CALL = "momentum_step({w}, {v}, {g}, {lr}, {beta}) returns {got}, expected {expected}: "
MESSAGES = {
    "not two numbers": "momentum_step({w}, {v}, {g}, {lr}, {beta}) returns {got}, expected two "
    "numbers: the new weight and the new velocity.",
    "the two are swapped": CALL + "the weight comes first.",
    "the weight follows the old velocity": CALL + "the weight follows the old velocity. Update "
    "the velocity first.",
    "the weight follows the slope alone": CALL + "the weight follows the slope alone, without the "
    "velocity.",
    "the slope is multiplied by 1 - beta": CALL + "the slope is multiplied by 1 - beta; PyTorch "
    "adds the whole slope.",
    "the learning rate is in the velocity": CALL + "the learning rate is in the velocity; PyTorch "
    "multiplies by it in the weight's step.",
    "another step": CALL + "v = beta * v + g, then w - lr * v.",
}


def step(w, v, g, lr, beta):
    """Return the new weight and velocity, as PyTorch computes them."""
    v = beta * v + g
    return w - lr * v, v


def mistaken_steps(w, v, g, lr, beta):
    """Return what each known mistake gives."""
    new_w, new_v = step(w, v, g, lr, beta)
    average = beta * v + (1 - beta) * g
    inside = beta * v + lr * g
    return {
        "the two are swapped": (new_v, new_w),
        "the weight follows the old velocity": (w - lr * v, new_v),
        "the weight follows the slope alone": (w - lr * g, new_v),
        "the slope is multiplied by 1 - beta": (w - lr * average, average),
        "the learning rate is in the velocity": (w - inside, inside),
    }


def check(learner, generator: random.Random) -> None:
    """Compare an example that tells all mistakes apart, the task's, and four random steps.

    In the task's example lr equals 1 - beta, so two of the mistakes give the same values there.
    """
    examples = [(1.0, 2.0, 3.0, 0.5, 0.8), (1.0, 2.0, 3.0, 0.1, 0.9)]
    for _ in range(4):
        lr = round(generator.uniform(0.05, 0.2), 2)
        beta = round(generator.uniform(0.5, 0.7), 2)
        numbers = [round(generator.uniform(1, 3), 1) for _ in range(3)]
        examples.append((*numbers, lr, beta))
    for example in examples:
        got = learner.momentum_step(*example)
        shown = dict(zip(("w", "v", "g", "lr", "beta"), example, strict=True))
        is_pair = isinstance(got, tuple | list) and len(got) == 2
        expect(is_pair, "not two numbers", got=got, **shown)
        expect_number(got[0], "The new weight")
        expect_number(got[1], "The new velocity")
        expected = step(*example)
        shown = shown | {"got": tuple(got), "expected": expected}
        for key, mistaken in mistaken_steps(*example).items():
            expect(not are_close(got, mistaken), key, **shown)
        expect(are_close(got, expected), "another step", **shown)
