"""Find the logit at which (sigmoid(logit) - 1)² is steepest."""

import math


def steepness(logit):
    """Return the size of the slope towards the logit."""
    y = 1 / (1 + math.exp(-logit))
    return abs(2 * (y - 1) * y * (1 - y))


assert steepness(-10) < 0.0001  # in spite of the large error

answer = max([-10, -1, 10], key=steepness)
print(answer)
