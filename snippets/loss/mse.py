"""Mean squared error: one possible answer to the exercise."""

import math


def mse(outputs, targets):
    """Return the mean of the squared differences of two lists."""
    squares = []
    for output, target in zip(outputs, targets, strict=True):
        squares.append((output - target) ** 2)
    return sum(squares) / len(squares)


assert math.isclose(mse([1.0, 2.0, 3.0], [1.0, 4.0, 3.0]), 4 / 3)
