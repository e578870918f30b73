"""Check descent/gradient_descent."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

EXAMPLE = (
    "For the slope 2x, x = 1.0, lr = 0.5 and two steps you return {got}, expected {expected}: "
)
WALL = "wall({curvatures}) returns {got}, expected {expected}: "
CASE = 'recognize({losses}, {slopes}, {curvatures}) returns "{got}", expected "{expected}"'
MESSAGES = {
    "the start is missing": EXAMPLE + "the start belongs to the list, as its first place.",
    "only the last place is returned": EXAMPLE + "return every place, not only the last one.",
    "the walk goes uphill": EXAMPLE + "the slope is added, so the walk goes uphill. Subtract it.",
    "the slope is computed only once": EXAMPLE + "each step uses the slope of the start. Call "
    "grad again at each new place.",
    "only the sign of the slope is used": EXAMPLE + "each step has the length lr. Multiply lr by "
    "the slope itself, not by its sign.",
    "another walk": EXAMPLE + "a step is x - lr * grad(x).",
    "no steps": "With steps = 0 you return {got}, expected {expected}: only the start.",
    "another random walk": "For the slope {factor} * (x - {center}), x = {x}, lr = {lr} and "
    "{steps} steps, place {place} is {got}, expected {expected}.",
    "the mean curvature is used": WALL + "the mean curvature is used, but the steepest direction "
    "diverges first.",
    "the smallest curvature is used": WALL + "that is the limit of the flattest direction, but "
    "the steepest one diverges first.",
    "the 2 is missing": WALL + "divide 2, not 1, by the largest curvature.",
    "another wall": WALL + "divide 2 by the largest curvature.",
    "nan is not recognized": CASE + ": every comparison with nan is false, so ask math.isfinite.",
    "inf is not recognized": CASE + ": a loss of inf is not finite.",
    "a saddle is taken for a minimum": CASE + ": one direction leads down, so the curvature "
    "{curvature} decides.",
    "a minimum is not recognized": CASE + ": all slopes are zero and all curvatures positive.",
    "one zero slope is not enough": CASE + ": the slope {slope} is not zero.",
    "a steep place is called level": CASE + ": a slope of {slope} is steep; compare its size.",
    "one rise is not divergence": CASE
    + ": the last loss rises a little, but is far below the first.",
    "divergence is not recognized": CASE + ": the last loss is above the first.",
    "another word": CASE + ".",
}
MISTAKES = {
    "the walk goes uphill": [1.0, 2.0, 4.0],
    "the slope is computed only once": [1.0, 0.0, -1.0],
    "only the sign of the slope is used": [1.0, 0.5, 0.0],
}


def check(learner, generator: random.Random) -> None:
    """Check one function after the other."""
    check_walk(learner, generator)
    check_words(learner, generator)


def check_walk(learner, generator: random.Random) -> None:
    """Compare the worked example, then no steps, then random parabolas."""
    got = learner.gradient_descent(lambda x: 2 * x, 1.0, 0.5, 2)
    shown = {"got": got, "expected": [1.0, 0.0, 0.0]}
    expect(got != [0.0, 0.0], "the start is missing", **shown)
    is_last = isinstance(got, float) and got == 0.0
    expect(not is_last, "only the last place is returned", **shown)
    expect_list(got, 3, "gradient_descent(grad, 1.0, 0.5, 2)")
    for key, mistaken in MISTAKES.items():
        expect(got != mistaken, key, **shown)
    for place in got:
        expect_number(place, "A place in your list")
    expect(are_close(got, [1.0, 0.0, 0.0]), "another walk", **shown)
    start = learner.gradient_descent(lambda x: 2 * x, 3.0, 0.5, 0)
    expect(start == [3.0], "no steps", got=start, expected=[3.0])
    for steps in (1, 3, 7):
        check_random_walk(learner, generator, steps)


def check_random_walk(learner, generator: random.Random, steps: int) -> None:
    """Compare every place of a walk on a random parabola of rounded numbers."""
    factor = round(generator.uniform(1, 3), 1)
    center = round(generator.uniform(-2, 2), 1)
    x = round(generator.uniform(3, 5), 1)
    lr = round(generator.uniform(0.05, 0.3), 2)

    def grad(value):
        return factor * (value - center)

    got = learner.gradient_descent(grad, x, lr, steps)
    expect_list(got, steps + 1, f"gradient_descent(grad, {x}, {lr}, {steps})")
    expected = x
    shown = {"factor": factor, "center": center, "x": x, "lr": lr, "steps": steps}
    for number, place in enumerate(got):
        expect_number(place, f"Place {number}")
        is_right = are_close([place], [expected])
        values = shown | {"place": number, "got": place, "expected": expected}
        expect(is_right, "another random walk", **values)
        expected = expected - lr * grad(expected)


def check_words(learner, generator: random.Random) -> None:
    """Compare the wall, then each word at an instructive place, then random places."""
    small, large = sorted(generator.sample(range(1, 40), 2))
    for curvatures in ([2.0, 0.04], [0.5], [small / 10, large / 10, 0.05]):
        check_wall(learner, curvatures)
    loss = round(generator.uniform(1, 3), 2)
    slope = round(generator.uniform(0.5, 2), 2)
    for case in instructive_cases(loss, slope):
        expect_word(learner, *case)
    for losses, slopes, word in (
        ([1.0, 0.9, 1.0], [0.001], "plateau"),
        ([1.0, 1.2, 0.995], [1e-6], "plateau"),
        ([100.0, 99.5, 99.0], [slope, 0.0], "falling"),
        ([1.0, 0.5, 0.6], [0.3, -0.2], "falling"),
        ([1.0, 0.9], [0.0, 0.0], "local minimum"),
    ):
        expect_word(learner, losses, slopes, [0.5, 3.0], word, "another word")


def instructive_cases(loss: float, slope: float) -> list[tuple]:
    """Return losses, slopes, curvatures, the word and the message where another word comes."""
    low = [loss, loss / 2, loss / 5]
    bumpy = [loss, loss / 5, loss / 4]
    high = [loss, loss / 2, 2 * loss]
    not_a_number = [loss, loss / 2, math.nan]
    infinite = [loss, loss / 2, math.inf]
    bowl = [2.0, 0.04]
    example = [1.0, 0.5, 0.2]
    return [
        (example, [0.0, 0.0], [2.0, -0.1], "saddle", "a saddle is taken for a minimum"),
        (low, [0.0, -1e-9], bowl, "local minimum", "a minimum is not recognized"),
        (high, [slope], [1.0], "divergence", "divergence is not recognized"),
        (not_a_number, [slope], [1.0], "divergence", "nan is not recognized"),
        (infinite, [slope], [1.0], "divergence", "inf is not recognized"),
        (bumpy, [slope], [1.0], "falling", "one rise is not divergence"),
        (low, [0.0, slope], bowl, "falling", "one zero slope is not enough"),
        (low, [-slope, -slope], bowl, "falling", "a steep place is called level"),
    ]


def check_wall(learner, curvatures: list[float]) -> None:
    """Compare the wall with 2 / the largest curvature."""
    got = learner.wall(curvatures[:])
    expect_number(got, f"wall({curvatures})")
    shown = {"curvatures": curvatures, "got": got, "expected": 2 / max(curvatures)}
    if len(curvatures) > 1:
        mean = sum(curvatures) / len(curvatures)
        expect(not is_close(got, 2 / mean), "the mean curvature is used", **shown)
        expect(not is_close(got, 2 / min(curvatures)), "the smallest curvature is used", **shown)
    expect(not is_close(got, 1 / max(curvatures)), "the 2 is missing", **shown)
    expect(is_close(got, 2 / max(curvatures)), "another wall", **shown)


def expect_word(learner, losses, slopes, curvatures, expected, key) -> None:
    """Stop with the message of `key` if the learner says another word."""
    got = learner.recognize(losses[:], slopes[:], curvatures[:])
    shown = {"losses": losses, "slopes": slopes, "curvatures": curvatures, "got": got}
    causes = {"slope": slopes[-1], "curvature": min(curvatures), "expected": expected}
    is_right = isinstance(got, str) and got == expected
    expect(is_right, key, **shown, **causes)
