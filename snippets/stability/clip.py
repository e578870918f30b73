"""Gradient clipping: one possible answer to the exercise."""

import math


def clip(gradient, max_norm):
    """Return the gradient, shortened to max_norm if it is longer."""
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length <= max_norm:
        return gradient
    return [entry * max_norm / length for entry in gradient]


clipped = clip([3.0, 4.0], 1)
assert math.isclose(clipped[0], 0.6)
assert math.isclose(clipped[1], 0.8)
assert clip([3.0, 4.0], 10) == [3.0, 4.0]
assert clip([0.0, 0.0], 1) == [0.0, 0.0]  # no division by 0
