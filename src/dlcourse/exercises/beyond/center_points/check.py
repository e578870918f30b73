"""Check beyond/center_points."""

import random

from dlcourse.exercises.checking import are_close, expect, expect_list

MESSAGES = {
    "not a point": "Element {place} of the result is {got}, expected a tuple of three numbers.",
    "counted from the corner": "The first point becomes {got}, expected {expected}: you subtract "
    "the smallest row and column, not the means.",
    "the middle of the extremes": "The first point becomes {got}, expected {expected}: you "
    "subtract the middle between the smallest and the largest, not the mean of all.",
    "the ink was centered as well": "The ink of the first point becomes {got}, expected "
    "{expected}: it stays as it is.",
    "the mean is weighted with the ink": "The first point becomes {got}, expected {expected}: each "
    "point counts once in the mean, whatever its ink.",
    "one mean for both": "The first point becomes {got}, expected {expected}: columns have a mean "
    "of their own.",
    "the mean was added": "The first point becomes {got}, expected {expected}: subtract the mean.",
    "the mean was cut to a whole number": "The first point becomes {got}, expected {expected}: "
    "divide with /, because // cuts off the decimals.",
    "the points were changed": "After the call the points are {got}, expected {expected}: build a "
    "new list.",
    "another point": "Point {place} becomes {got}, expected {expected}.",
}
EXAMPLE = [(1.0, 5.0, 0.5), (3.0, 6.0, 1.0)]
Point = tuple[float, float, float]


def subtract(points: list[Point], row: float, column: float, ink: float = 0) -> list[Point]:
    """Return the points with a row, a column and an ink subtracted."""
    return [(point[0] - row, point[1] - column, point[2] - ink) for point in points]


def means(points: list[Point], weights: list[float]) -> tuple[float, float]:
    """Return the weighted means of rows and columns."""
    total = sum(weights)
    pairs = list(zip(points, weights, strict=True))
    row = sum(point[0] * weight for point, weight in pairs) / total
    column = sum(point[1] * weight for point, weight in pairs) / total
    return row, column


def mistakes(points: list[Point]) -> dict[str, list[Point]]:
    """Return what known mistakes would give."""
    row, column = means(points, [1.0] * len(points))
    inks = [ink for _, _, ink in points]
    mean_ink = sum(inks) / len(inks)
    top = min(point[0] for point in points)
    left = min(point[1] for point in points)
    middle_row = (top + max(point[0] for point in points)) / 2
    middle_column = (left + max(point[1] for point in points)) / 2
    return {
        "counted from the corner": subtract(points, top, left),
        "the middle of the extremes": subtract(points, middle_row, middle_column),
        "the ink was centered as well": subtract(points, row, column, mean_ink),
        "the mean is weighted with the ink": subtract(points, *means(points, inks)),
        "one mean for both": subtract(points, row, row),
        "the mean was added": subtract(points, -row, -column),
        "the mean was cut to a whole number": subtract(points, row // 1, column // 1),
    }


def compare(learner, points: list[Point]) -> None:
    """Compare the centered points one by one, and name a mistake that gives just these."""
    given = points[:]
    got = learner.center_points(given)
    expect(given == points, "the points were changed", got=given, expected=points)
    expect_list(got, len(points), "center_points(points)")
    for place, point in enumerate(got):
        is_point = isinstance(point, tuple) and len(point) == 3
        is_point = is_point and all(isinstance(number, int | float) for number in point)
        expect(is_point, "not a point", place=place, got=point)

    expected = subtract(points, *means(points, [1.0] * len(points)))
    if are_close(sum(got, ()), sum(expected, ())):
        return
    for key, wrong in mistakes(points).items():
        is_this = are_close(sum(got, ()), sum(wrong, ()))
        part = slice(2, 3) if "ink was" in key else slice(3)
        expect(not is_this, key, got=got[0][part], expected=expected[0][part])
    for place, (point, wanted) in enumerate(zip(got, expected, strict=True)):
        is_equal = are_close(point, wanted)
        expect(is_equal, "another point", place=place, got=point, expected=wanted)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then one point, then random points."""
    compare(learner, EXAMPLE)
    compare(learner, [(2.5, 4.0, 0.3)])
    for count in (3, 5, 7):
        points = []
        for _ in range(count):
            row = generator.uniform(0, 7)
            column = generator.uniform(8, 15)
            points.append((row, column, generator.uniform(0.1, 1)))
        compare(learner, points)
