# the argument is changed
import math


def clip(gradient, max_norm):
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length <= max_norm:
        return list(gradient)
    factor = max_norm / length
    gradient[:] = [factor * entry for entry in gradient]
    return gradient


def choose_limit(lengths):
    return 1.2 * max(lengths)
