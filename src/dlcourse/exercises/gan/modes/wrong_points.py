# points are counted
import math


def count_modes(points, modes, radius):
    count = 0
    for point in points:
        count += any(math.dist(point, mode) < radius for mode in modes)
    return count
