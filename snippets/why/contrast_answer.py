"""The contrast between the farthest and the nearest point, in plain Python."""

import math
import random


def contrast(query, points):
    """Return (farthest - nearest) / nearest."""
    distances = [math.dist(query, point) for point in points]
    nearest = min(distances)
    farthest = max(distances)
    if nearest == 0:
        return math.inf
    return (farthest - nearest) / nearest


print("the example:", contrast([0, 0], [[3, 4], [0, 1], [0, 2]]))

random.seed(0)
for num_columns in (2, 10, 100, 1000):
    points = []
    for _ in range(200):
        points.append([random.random() for _ in range(num_columns)])
    query = [0.5] * num_columns  # in the middle
    print(f"{num_columns:4} columns: {contrast(query, points):.1f}")
