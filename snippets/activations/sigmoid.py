"""The sigmoid of one number: one possible answer to the exercise."""

import math


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) without an overflow."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


assert sigmoid(0) == 0.5
assert sigmoid(-800) == 0.0
assert sigmoid(800) == 1.0
assert math.isclose(sigmoid(-40), math.exp(-40))  # about 4e-18
