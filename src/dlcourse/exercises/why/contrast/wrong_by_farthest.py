# divided by the farthest
import math


def contrast(query, points):
    distances = [math.dist(query, point) for point in points]
    nearest = min(distances)
    if nearest == 0:
        return math.inf
    return (max(distances) - nearest) / max(distances)
