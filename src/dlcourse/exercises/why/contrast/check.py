"""Check why/contrast."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "divided by the farthest": "For the distances 5, 1 and 2 you return {got}, expected 4: the "
    "difference 5 − 1 is divided by the nearest distance, not by the farthest.",
    "the difference is not divided": "For the distances 10, 2 and 4 you return {got}, expected 4: "
    "divide the difference 10 − 2 by the nearest distance.",
    "the ratio itself": "For the distances 5, 1 and 2 you return {got}, expected 4: subtract the "
    "nearest distance from the farthest before you divide.",
    "the squared distances": "For the points of the example you return {got}, expected 4: your "
    "distances are 25, 1 and 4; take the square root of the sum.",
    "the absolute differences": "For the points of the example you return {got}, expected 4: for "
    "[3, 4] you add 3 and 4, but the distance is the root of 9 + 16.",
    "the nearest distance is 0": "If the query is among the points you return {got}, expected "
    "math.inf: every other distance is infinitely many times 0.",
    "not a number at zero": "If the query is among the points you return {got}, expected math.inf.",
    "another contrast": "For {count} random points of {columns} columns you return {got}, expected "
    "{expected}.",
    "the example is wrong": "For the points of the example you return {got}, expected 4.",
}
POINTS = [[3.0, 4.0], [0.0, 1.0], [0.0, 2.0]]


def right_contrast(query: list[float], points: list[list[float]]) -> float:
    """Return the contrast for distances that are not 0."""
    distances = [math.dist(query, point) for point in points]
    return (max(distances) - min(distances)) / min(distances)


def check(learner, generator: random.Random) -> None:
    """Compare the example, the same at twice the size, the edge, and random points."""
    got = learner.contrast([0.0, 0.0], [point[:] for point in POINTS])
    expect_number(got, "contrast(query, points)")
    expect(not is_close(got, 0.8), "divided by the farthest", got=got)
    expect(not is_close(got, 5.0), "the ratio itself", got=got)
    expect(not is_close(got, 24.0), "the squared distances", got=got)
    expect(not is_close(got, 6.0), "the absolute differences", got=got)
    expect(is_close(got, 4.0), "the example is wrong", got=got)
    larger = [[2 * value for value in point] for point in POINTS]
    twice = learner.contrast([0.0, 0.0], larger)
    expect_number(twice, "contrast(query, points)")
    expect(not is_close(twice, 8.0), "the difference is not divided", got=twice)
    at_zero = learner.contrast([0.0, 1.0], [point[:] for point in POINTS])
    is_number = isinstance(at_zero, int | float)
    expect(is_number, "not a number at zero", got=at_zero)
    expect(at_zero == math.inf, "the nearest distance is 0", got=at_zero)
    for count, columns in [(6, 3), (11, 7), (25, 1), (14, 40)]:
        query = [generator.uniform(-1, 1) for _ in range(columns)]
        points = [[generator.uniform(-1, 1) for _ in range(columns)] for _ in range(count)]
        expected = right_contrast(query, points)
        random_contrast = learner.contrast(query[:], [point[:] for point in points])
        expect_number(random_contrast, "contrast(query, points)")
        shown = {"count": count, "columns": columns, "got": random_contrast}
        is_right = is_close(random_contrast, expected)
        expect(is_right, "another contrast", expected=expected, **shown)
