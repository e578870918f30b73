"""Count the modes that generated points cover."""

import math


def count_modes(points, modes, radius):
    """Return how many modes have a point at a distance below the radius."""
    count = 0
    for mode in modes:
        distances = [math.dist(point, mode) for point in points]
        if distances and min(distances) < radius:
            count += 1
    return count


modes = [(0, 0), (4, 0), (0, 4)]
points = [(0.1, 0), (0, 0.2), (3, 0)]
assert count_modes(points, modes, radius=0.5) == 1
assert count_modes(points, modes, radius=2) == 2
assert count_modes([], modes, radius=2) == 0
