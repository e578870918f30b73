# at the radius
import math


def count_modes(points, modes, radius):
    count = 0
    for mode in modes:
        count += any(math.dist(point, mode) <= radius for point in points)
    return count
