import math


def fit(examples, targets, learning_rate, steps):
    """Return the weights and the bias after `steps` steps against the slopes."""
    # TODO: find the slopes of all numbers in each step, then change all numbers
    raise NotImplementedError
