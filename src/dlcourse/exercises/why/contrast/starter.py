import math


def contrast(query, points):
    """Return (farthest - nearest) / nearest of the distances from query to points."""
    # TODO: make a list of all distances, and compare its largest with its smallest
    raise NotImplementedError
