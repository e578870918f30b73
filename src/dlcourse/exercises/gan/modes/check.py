"""Check gan/modes."""

import math
import random

from dlcourse.exercises.checking import expect, expect_number

MESSAGES = {
    "points are counted": "With radius {radius} you return {got}, expected {expected}: you count "
    "near points. Two points at one mode cover one mode.",
    "the missing modes": "With radius {radius} you return {got}, expected {expected}: you count "
    "the modes that have no point.",
    "each coordinate": "With radius {radius} you return {got}, expected {expected}: you compare "
    "each coordinate. The distance is the root of the sum of their squares.",
    "the squared distance": "With radius {radius} you return {got}, expected {expected}: you "
    "compare the squared distance with the radius.",
    "the first point": "With radius {radius} you return {got}, expected {expected}: you look at "
    "the first point alone.",
    "at the radius": "A point at a distance of exactly {radius}: you return {got}, expected "
    "{expected}. The distance has to be *below* the radius.",
    "another count": "Points: {count}, modes: {modes}, radius {radius}: you return {got}, "
    "expected {expected}.",
    "no point": "Without any point you return {got}, expected 0.",
    "the lists are changed": "Your function changes the lists that it gets.",
}
MODES = [(0, 0), (4, 0), (0, 4)]
POINTS = [(0.1, 0), (0, 0.2), (3, 0)]  # the example of the task


def count(points, modes, is_near):
    """Return how many modes have a near point."""
    return sum(any(is_near(point, mode) for point in points) for mode in modes)


def compare(learner, points, modes, radius):
    """Compare one count with those of known mistakes."""
    copies = points[:], modes[:]
    got = learner.count_modes(*copies, radius)
    expect_number(got, "count_modes(points, modes, radius)")
    expect(copies == (points, modes), "the lists are changed")

    def is_near(point, mode):
        return math.dist(point, mode) < radius

    def is_near_squared(point, mode):
        return math.dist(point, mode) ** 2 < radius

    def is_near_in_each(point, mode):
        return all(abs(a - b) < radius for a, b in zip(point, mode, strict=True))

    expected = count(points, modes, is_near)
    mistakes = {
        "points are counted": count(modes, points, is_near),
        "the missing modes": len(modes) - expected,
        "each coordinate": count(points, modes, is_near_in_each),
        "the squared distance": count(points, modes, is_near_squared),
        "the first point": count(points[:1], modes, is_near),
    }
    shown = {"radius": radius, "got": got, "expected": expected}
    for key, mistaken in mistakes.items():
        is_alone = mistaken != expected and list(mistakes.values()).count(mistaken) == 1
        expect(not (is_alone and got == mistaken), key, **shown)
    shown.update(count=len(points), modes=len(modes))
    expect(got == expected, "another count", **shown)


def check(learner, generator: random.Random) -> None:
    """Compare cases that tell mistakes apart, then the edges, then random points."""
    compare(learner, [*POINTS, (0.1, 0.1), (0.2, 0)], MODES, 0.5)
    compare(learner, POINTS, MODES, 0.5)
    more = [*MODES, (9, 9), (8, 2)]
    compare(learner, [(0.1, 0), (4, 0.1), (0, 4.2)], more, 0.5)
    compare(learner, [(0.9, 0.9), (4.8, 0.8), (0.3, 4.3)], more, 1)  # two near in each coordinate
    compare(learner, [(0.8, 0), (4, 0.8), (0, 4.1)], more, 0.7)  # 0.8 squared is below 0.7
    compare(learner, POINTS, MODES, 2)
    compare(learner, [(3, 4)], [(0, 0)], 5.5)
    got = learner.count_modes([(3, 4)], [(0, 0)], 5)
    expect(got == 0, "at the radius", radius=5, got=got, expected=0)
    got = learner.count_modes([], MODES, 2)
    expect(got == 0, "no point", got=got)
    for num_points, num_modes in ((9, 5), (14, 7), (23, 11)):
        points = [(generator.uniform(0, 4), generator.uniform(0, 4)) for _ in range(num_points)]
        modes = [(generator.uniform(0, 4), generator.uniform(0, 4)) for _ in range(num_modes)]
        compare(learner, points, modes, generator.uniform(0.4, 0.9))
