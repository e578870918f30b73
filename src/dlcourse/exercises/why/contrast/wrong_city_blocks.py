# the absolute differences
import math


def contrast(query, points):
    distances = [sum((abs(a - b) for a, b in zip(query, point, strict=True))) for point in points]
    nearest = min(distances)
    if nearest == 0:
        return math.inf
    return (max(distances) - nearest) / nearest
