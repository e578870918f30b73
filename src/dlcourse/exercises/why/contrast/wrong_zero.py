# the nearest distance is 0
import math


def contrast(query, points):
    distances = [math.dist(query, point) for point in points]
    nearest = min(distances)
    if nearest == 0:
        return 0.0
    return (max(distances) - nearest) / nearest
