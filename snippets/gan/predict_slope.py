"""The slopes of two generator's losses at D = 0.01."""

import math


def sigmoid(logit):
    """Return D."""
    return 1 / (1 + math.exp(-logit))


def non_saturating(logit):
    """Return -log D."""
    return -math.log(sigmoid(logit))


def saturating(logit):
    """Return log(1 - D)."""
    return math.log(1 - sigmoid(logit))


def slope(loss, logit, step=0.001):
    """Return the slope, measured at two points nearby."""
    return (loss(logit + step) - loss(logit - step)) / (2 * step)


logit = math.log(0.01 / 0.99)  # where D is 0.01
answer = round(slope(non_saturating, logit), 2)
print("slope of log(1 - D):", round(slope(saturating, logit), 2))
print("slope of -log D:    ", answer)
