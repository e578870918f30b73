"""Check beyond/any_order."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not True or False": "is_same_in_any_order returns {got}, expected True or False.",
    "the example is wrong": "For sum and [1.0, 2.0, 4.0] you return {got}, expected {expected}.",
    "the first point": "For a function that returns the first point of {points} you return {got}, "
    "expected {expected}.",
    "predict got no list": "You call predict with a {kind}, but it takes a list.",
    "the points were changed": "After the call the points are {got}, expected {expected}: work on "
    "a copy.",
    "rounding counts as a change": "For the sum of {points} you return {got}, expected {expected}: "
    "the sums differ by rounding alone, which is less than 1e-9.",
    "not all orders are tried": "For the middle one of {points} you return {got}, expected "
    "{expected}: reversing keeps it, and other orders do not.",
    "some orders are left out": "For a function that differs for {order} alone among all orders of "
    "{points} you return {got}, expected {expected}: compare every order.",
    "only larger predictions are seen": "For a prediction that only gets smaller in other orders "
    "of {points} you return {got}, expected {expected}.",
    "one point": "With one point you return {got}, expected {expected}: it has one order.",
    "a small change": "A prediction that changes by {change} counts as {got}, expected {expected}.",
    "another answer": "For {name} and {points} you return {got}, expected {expected}.",
}
TENTHS = [0.1, 0.2, 0.3]  # (0.1 + 0.2) + 0.3 and 0.1 + (0.2 + 0.3) are rounded differently


def listens(predict, kinds: list[str]):
    """Return predict, which notes the types of what it is called with."""

    def noted(points):
        kinds.append(type(points).__name__)
        return predict(points)

    return noted


def add(points: list[float]) -> float:
    """Return the sum, rounded after each point: sum() of newer Pythons rounds once."""
    total = 0.0
    for point in points:
        total += point
    return total


def weighted(points: list[float]) -> float:
    """Return a sum in which the place counts, as with positions."""
    return sum(place * point for place, point in enumerate(points, start=1))


def check(learner, generator: random.Random) -> None:
    """Compare the examples, then each mistake, then random points."""
    ask = learner.is_same_in_any_order
    points = [1.0, 2.0, 4.0]
    kinds: list[str] = []
    got = ask(listens(sum, kinds), points[:])
    other = next((kind for kind in kinds if kind != "list"), "list")
    expect(other == "list", "predict got no list", kind=other)
    expect(isinstance(got, bool), "not True or False", got=got)
    expect(got, "the example is wrong", got=got, expected=True)

    given = [2.0, 1.0, 4.0]
    shown = {"points": given, "expected": False}
    got = ask(lambda points: points[0], given)
    expect(given == [2.0, 1.0, 4.0], "the points were changed", got=given, expected=[2.0, 1.0, 4.0])

    # The given order has the largest prediction, so each other order gives a smaller one
    falling = [4.0, 2.0, 1.0]
    largest = ask(lambda points: points[0] - points[2], falling[:])
    key = "only larger predictions are seen"
    expect(not (largest and not got), key, points=falling, got=largest, expected=False)
    expect(not got, "the first point", got=got, **shown)

    got = ask(lambda points: points[1], [1.0, 2.0, 4.0])
    expect(not got, "not all orders are tried", points=[1.0, 2.0, 4.0], got=got, expected=False)
    points = [1.0, 2.0, 3.0, 4.0]
    order = [3.0, 1.0, 4.0, 2.0]  # no rotation, no reversal and no exchange of two points
    got = ask(lambda points: float(points == order), points[:])
    shown = {"order": order, "points": points, "expected": False}
    expect(not got, "some orders are left out", got=got, **shown)
    got = ask(add, TENTHS[:])
    expect(got, "rounding counts as a change", points=TENTHS, got=got, expected=True)
    got = ask(lambda points: points[0], [generator.uniform(1, 2)])
    expect(got, "one point", got=got, expected=True)
    for change, expected in ((1e-7, False), (3e-9, False), (1e-9, True)):
        got = ask(lambda points, change=change: change * (points[0] - 1), [1.0, 2.0])
        expect(got == expected, "a small change", change=change, got=got, expected=expected)

    for count in (2, 3, 5):
        points = [generator.uniform(1, 2) for _ in range(count)]
        for name, predict, expected in (("max", max, True), ("positions", weighted, False)):
            got = ask(predict, points[:])
            shown = {"name": name, "points": points, "got": got, "expected": expected}
            expect(got == expected, "another answer", **shown)
