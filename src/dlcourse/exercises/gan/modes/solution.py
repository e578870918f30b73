import math


def count_modes(points, modes, radius):
    """Return how many modes have a point at a distance below the radius.

    points and modes are lists of pairs of numbers.
    """
    num_covered = 0
    for mode in modes:
        if any(math.dist(point, mode) < radius for point in points):
            num_covered += 1  # further near points change nothing
    return num_covered
