"""Check backprop/numeric_grad."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number

EXAMPLE = "For x[0]**2 + 3 * x[1] at [1.0, 2.0] with eps = 0.1 you return {got}, expected [2, 3]: "
MESSAGES = {
    "the difference is one-sided": EXAMPLE + "the difference is one-sided. Nudge up and down.",
    "the distance is too short": EXAMPLE + "the two places are 2 * eps apart, so divide by that.",
    "all numbers are nudged at once": EXAMPLE + "all numbers are nudged at once. Nudge one, and "
    "leave the others.",
    "other slopes": EXAMPLE + "compute (f(above) - f(below)) / (2 * eps) for each number.",
    "x is changed": "Afterwards your argument x is {got}, expected {expected} as before: work on "
    "copies, list(x).",
    "eps is ignored": "The central difference of x³ at {x} with eps = {eps} is {expected}, and "
    "you return {got}, its slope: use the eps that is given.",
    "other random slopes": "For a polynomial of {count} numbers and eps = {eps}, slope {place} is "
    "{got}, expected {expected}.",
}


def example(x):
    """Return the value of the task's example."""
    return x[0] ** 2 + 3 * x[1]


def central(f, x, eps):
    """Return the central differences of f at x."""
    slopes = []
    for place in range(len(x)):
        values = []
        for nudge in (eps, -eps):
            nudged = list(x)
            nudged[place] += nudge
            values.append(f(nudged))
        slopes.append((values[0] - values[1]) / (2 * eps))
    return slopes


def check(learner, generator: random.Random) -> None:
    """Compare the example, then a cubic with a wide nudge, then random polynomials."""
    x = [1.0, 2.0]
    got = learner.numeric_grad(example, x, 0.1)
    expect_list(got, 2, "numeric_grad(f, [1.0, 2.0], 0.1)")
    for slope in got:
        expect_number(slope, "A slope")
    shown = {"got": got}
    expect(not are_close(got, [2.1, 3.0]), "the difference is one-sided", **shown)
    expect(not are_close(got, [1.9, 3.0]), "the difference is one-sided", **shown)
    expect(not are_close(got, [4.0, 6.0]), "the distance is too short", **shown)
    expect(not are_close(got, [5.0, 5.0]), "all numbers are nudged at once", **shown)
    expect(x == [1.0, 2.0], "x is changed", got=x, expected=[1.0, 2.0])
    expect(are_close(got, [2.0, 3.0]), "other slopes", **shown)
    place = round(generator.uniform(1, 2), 1)
    got = learner.numeric_grad(lambda numbers: numbers[0] ** 3, [place], 0.5)
    expect_list(got, 1, "numeric_grad(f, [x], 0.5) for x³")
    expect_number(got[0], "The slope of x³")
    shown = {"x": place, "eps": 0.5, "got": got[0], "expected": 3 * place**2 + 0.25}
    expect(not are_close(got, [3 * place**2]), "eps is ignored", **shown)
    for count in (1, 3, 5):
        check_random(learner, generator, count)


def check_random(learner, generator: random.Random, count: int) -> None:
    """Compare the central differences of a random cubic of several numbers."""
    factors = [generator.uniform(1, 3) for _ in range(count)]
    x = [generator.uniform(-2, 2) for _ in range(count)]
    eps = round(generator.uniform(0.1, 0.3), 2)

    def f(numbers):
        cubes = [factor * number**3 for factor, number in zip(factors, numbers, strict=True)]
        return sum(cubes) + numbers[0] * numbers[-1]

    argument = x[:]
    got = learner.numeric_grad(f, argument, eps)
    expect_list(got, count, f"numeric_grad(f, x, {eps}) for {count} numbers")
    for place, expected in enumerate(central(f, x, eps)):
        expect_number(got[place], f"Slope {place}")
        shown = {"count": count, "eps": eps, "place": place, "got": got[place]}
        is_right = are_close([got[place]], [expected])
        expect(is_right, "other random slopes", expected=expected, **shown)
    expect(argument == x, "x is changed", got=argument, expected=x)
