import math


def sigmoid(z):
    """Return 1 / (1 + exp(-z)) without an overflow."""
    # TODO: compute the sigmoid in two forms, one for each sign of z
    raise NotImplementedError
