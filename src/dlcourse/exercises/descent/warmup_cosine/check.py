"""Check descent/warmup_cosine."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_number, is_close

RATES = (
    "With warm = {warm}, total = {total} and base = {base} the rates begin with {got}, expected "
    "{expected}: "
)
MESSAGES = {
    "the first rate is 0": RATES + "the first step must not have the rate 0.",
    "the climb ends one step early": RATES + "step {warm} is the first one with the rate {base}.",
    "there is no warm-up": RATES + "there is no warm-up.",
    "the cosine counts from step 0": RATES + "the fall must begin at step warm, not at step 0.",
    "the fall is a straight line": RATES + "the fall must follow a cosine, not a line.",
    "the cosine is not halved": RATES + "the fall must end near 0. Use (1 + cos) / 2.",
    "another rate": "warmup_cosine({step}, {warm}, {total}, {base}) returns {got}, expected "
    "{expected}.",
    "no warm-up steps": "Without a warm-up, warmup_cosine(0, 0, {total}, {base}) returns {got}, "
    "expected {expected}.",
}
MISTAKES = list(MESSAGES)[:-2]


def climb(step, warm, base):
    """Return the rate of the climb."""
    return base * (step + 1) / (warm + 1)


def fall(progress, base):
    """Return the rate of the falling half of a cosine, progress from 0 to 1."""
    return base * (1 + math.cos(math.pi * progress)) / 2


def rate(step, warm, total, base):
    """Return the rate that is expected."""
    if step < warm:
        return climb(step, warm, base)
    return fall((step - warm) / (total - warm), base)


def mistaken_rate(key, step, warm, total, base):
    """Return the rate that a known mistake gives (warm is not 0)."""
    progress = (step - warm) / (total - warm)
    if key == "there is no warm-up":
        return fall(step / total, base)
    if step < warm:
        early = {"the first rate is 0": step, "the climb ends one step early": step + 1}
        return base * early[key] / warm if key in early else climb(step, warm, base)
    falls = {
        "the cosine counts from step 0": fall(step / total, base),
        "the fall is a straight line": base * (1 - progress),
        "the cosine is not halved": base * math.cos(math.pi * progress),
    }
    return falls.get(key, fall(progress, base))


def check(learner, generator: random.Random) -> None:
    """Compare the task's schedule, one that tells mistakes apart, no warm-up, then random ones."""
    check_schedule(learner, 1, 5, 1.0)
    check_schedule(learner, 3, 11, 2.0)
    got = learner.warmup_cosine(0, 0, 5, 0.3)
    expect_number(got, "warmup_cosine(0, 0, 5, 0.3)")
    expect(is_close(got, 0.3), "no warm-up steps", total=5, base=0.3, got=got, expected=0.3)
    for warm in (0, 2, 6):
        total = warm + generator.randrange(3, 20)
        check_schedule(learner, warm, total, round(generator.uniform(0.5, 3), 1))


def check_schedule(learner, warm, total, base) -> None:
    """Compare the rates of all steps, and name the mistake that gives all of them."""
    steps = range(total)
    rates = [learner.warmup_cosine(step, warm, total, base) for step in steps]
    for step, got in enumerate(rates):
        expect_number(got, f"warmup_cosine({step}, {warm}, {total}, {base})")
    expected = [rate(step, warm, total, base) for step in steps]
    shown = {"warm": warm, "total": total, "base": base}
    for key in MISTAKES if warm > 0 else ():
        mistaken = [mistaken_rate(key, step, warm, total, base) for step in steps]
        first = {"got": rates[:4], "expected": expected[:4]}
        expect(not are_close(rates, mistaken), key, **first, **shown)
    for step in steps:
        pair = {"step": step, "got": rates[step], "expected": expected[step]}
        expect(is_close(rates[step], expected[step]), "another rate", **pair, **shown)
