import math


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) without an overflow."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    # the same number, multiplied by exp(z) above and below
    return math.exp(z) / (1 + math.exp(z))
