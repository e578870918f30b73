# the first point
import math


def count_modes(points, modes, radius):
    count = 0
    for mode in modes:
        for point in points:
            count += math.dist(point, mode) < radius
            break
    return count
