"""Check recurrence/half_life."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "one step": "forget_bias(1, 0.5) returns {got}, expected 0: the sigmoid of 0 is 0.5, so one "
    "half is left after one step.",
    "the gate is returned": "{steps} steps, share {share}: you return {got}, expected {expected}: "
    "that is the gate. The bias is the number whose sigmoid is the gate.",
    "the steps are ignored": "{steps} steps, share {share}: you return {got}, expected "
    "{expected}: with your bias this share is left after one step already.",
    "the share is divided": "{steps} steps, share {share}: you return {got}, expected {expected}: "
    "the gate is the root of the share, not the share divided by the steps.",
    "the power is reversed": "{steps} steps, share {share}: you return {got}, expected "
    "{expected}: your gate is share ** {steps}. Its power has to give the share.",
    "the sign is wrong": "{steps} steps, share {share}: you return {got}, expected {expected}: "
    "the sign is reversed. A gate above 0.5 needs a positive bias.",
    "the logarithm of the gate": "{steps} steps, share {share}: you return {got}, expected "
    "{expected}: that is log(gate). The inverse of the sigmoid is log(gate / (1 - gate)).",
    "another bias": "{steps} steps, share {share}: you return {got}, expected {expected}. With "
    "your bias the share that is left is {left}.",
}


def logit(gate):
    """Return the number whose sigmoid is the gate."""
    return math.log(gate / (1 - gate))


def compare(learner, steps, share):
    """Compare one bias with those of known mistakes."""
    got = learner.forget_bias(steps, share)
    expect_number(got, "forget_bias(num_steps, share)")
    gate = share ** (1 / steps)
    expected = logit(gate)
    left = (1 / (1 + math.exp(-max(-700.0, got)))) ** steps
    shown = {"steps": steps, "share": share, "got": got, "expected": expected, "left": left}
    mistakes = {
        "the gate is returned": gate,
        "the steps are ignored": logit(share),
        "the share is divided": logit(share / steps),
        "the power is reversed": logit(share**steps),
        "the sign is wrong": -expected,
        "the logarithm of the gate": math.log(gate),
    }
    for key, mistaken in mistakes.items():
        expect(not is_close(got, mistaken), key, **shown)
    expect(is_close(got, expected), "another bias", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare the two examples, then random steps and shares."""
    got = learner.forget_bias(1, 0.5)
    expect_number(got, "forget_bias(1, 0.5)")
    compare(learner, 14, 0.5)
    expect(is_close(got, 0), "one step", got=got)
    for steps in (3, 11, 23, 97):
        compare(learner, steps, generator.uniform(0.1, 0.4))
