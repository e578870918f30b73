"""Check stability/clip."""

import math
import random

from dlcourse.exercises.checking import are_close, expect, expect_list, expect_number, is_close

CALL = "clip({gradient}, {limit}) returns {got}, expected {expected}: "
MESSAGES = {
    "each number is limited by itself": CALL
    + "each number is limited by itself, so the direction changes.",
    "the root is missing": CALL + "the length is the square root of the sum of squares.",
    "the absolute values are added up": CALL
    + "the length is the root of the sum of squares, not the sum of sizes.",
    "the length is 1, not the limit": CALL + "that has the length 1, and the limit is {limit}.",
    "a long gradient is set to zero": CALL + "shorten a long gradient, and keep its direction.",
    "a short gradient is lengthened": CALL + "it is shorter than the limit, so it stays as it is.",
    "another gradient": CALL + "multiply by {limit} / length where the length is above {limit}.",
    "the argument is changed": "Afterwards the argument is {got}, expected {expected} as before: "
    "make a new list.",
    "the limit is too low": "choose_limit({lengths}) returns {got}, expected {expected}: {count} "
    "of these normal steps would be shortened.",
    "the limit has no room": "choose_limit({lengths}) returns {got}, expected {expected}: leave "
    "some room above the largest.",
    "another limit": "choose_limit({lengths}) returns {got}, expected {expected}: 1.2 times the "
    "largest.",
}
CASES = [
    ([3.0, 4.0], 1),
    ([3.0, 4.0], 2.5),
    ([3.0, 4.0], 10),
    ([0.6, 0.8], 1),
    ([0.0, 0.0, 0.0], 1),
]
MISTAKES = list(MESSAGES)[:6]


def norm(numbers) -> float:
    """Return the length of a list of numbers."""
    return math.sqrt(sum(number**2 for number in numbers))


def limited(gradient, limit: float, length: float) -> list[float]:
    """Return the gradient clipped as if it had this length."""
    factor = limit / length if length > limit else 1.0
    return [factor * entry for entry in gradient]


def mistaken_gradients(gradient, limit: float) -> dict[str, list[float]]:
    """Return what each known mistake gives, where it differs."""
    length = norm(gradient)
    if length == 0:
        return {}
    mistakes = {
        "the root is missing": limited(gradient, limit, length**2),
        "the absolute values are added up": limited(gradient, limit, sum(map(abs, gradient))),
        "a short gradient is lengthened": [limit / length * entry for entry in gradient],
    }
    if length > limit:
        each = [max(-limit, min(limit, entry)) for entry in gradient]
        mistakes["each number is limited by itself"] = each
        mistakes["the length is 1, not the limit"] = [entry / length for entry in gradient]
        mistakes["a long gradient is set to zero"] = [0.0 for _ in gradient]
    return mistakes


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then random gradients, long and short, then the limit."""
    cases = CASES[:]
    for size in (1, 3, 7):
        gradient = [round(generator.uniform(-3, 3), 1) for _ in range(size)]
        gradient[0] = 2.5  # not all of them are 0
        cases += [(gradient, round(factor * norm(gradient), 2)) for factor in (0.3, 1.5)]
    results = [run(learner, gradient, limit) for gradient, limit in cases]
    cause = find_cause(results)
    for (gradient, limit), got in zip(cases, results, strict=True):
        expected = limited(gradient, limit, norm(gradient))
        shown = {"gradient": gradient, "limit": limit, "got": got, "expected": expected}
        expect(are_close(got, expected), cause, **shown)
    check_limit(learner, [0.5, 2.0, 1.0])
    for size in (1, 4, 6):
        lengths = [round(generator.uniform(0.5, 2), 1) for _ in range(size)]
        check_limit(learner, [*lengths, 0.1])


def run(learner, gradient, limit: float) -> list[float]:
    """Return the learner's gradient, and make sure that the argument is as before."""
    argument = gradient[:]
    got = learner.clip(argument, limit)
    expect_list(got, len(gradient), f"clip({gradient}, {limit})")
    for entry in got:
        expect_number(entry, "A number of your gradient")
    is_kept = argument == gradient
    expect(is_kept, "the argument is changed", got=argument, expected=gradient)
    return got


def find_cause(results) -> str:
    """Return the mistake that gives the learner's gradients in all examples."""
    for mistake in MISTAKES:
        gradients = []
        for gradient, limit in CASES:
            right = limited(gradient, limit, norm(gradient))
            gradients.append(mistaken_gradients(gradient, limit).get(mistake, right))
        pairs = zip(results, gradients, strict=False)
        if all(are_close(got, mistaken) for got, mistaken in pairs):
            return mistake
    return "another gradient"


def check_limit(learner, lengths: list[float]) -> None:
    """Compare the limit with 1.2 times the largest length."""
    got = learner.choose_limit(lengths[:])
    expect_number(got, f"choose_limit({lengths})")
    shown = {"lengths": lengths, "got": got, "expected": 1.2 * max(lengths)}
    count = sum(length > got for length in lengths)
    expect(count == 0, "the limit is too low", count=count, **shown)
    expect(got > max(lengths), "the limit has no room", **shown)
    expect(is_close(got, shown["expected"]), "another limit", **shown)
