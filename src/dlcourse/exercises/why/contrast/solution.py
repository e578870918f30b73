import math


def contrast(query, points):
    """Return (farthest - nearest) / nearest of the distances from query to points."""
    distances = [math.dist(query, point) for point in points]
    nearest = min(distances)
    if nearest == 0:
        return math.inf  # the query itself is among the points
    return (max(distances) - nearest) / nearest
