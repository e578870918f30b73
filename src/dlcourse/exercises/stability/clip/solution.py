import math


def clip(gradient, max_norm):
    """Return the gradient, a list of numbers, scaled to the length max_norm if it is longer."""
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length <= max_norm:
        return list(gradient)
    factor = max_norm / length  # one factor for all: the direction stays
    return [factor * entry for entry in gradient]


def choose_limit(lengths):
    """Return a limit for clipping, from the gradient's lengths in a normal stretch."""
    return 1.2 * max(lengths)  # normal steps stay as they are
