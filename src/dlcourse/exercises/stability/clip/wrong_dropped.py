# a long gradient is set to zero
import math


def clip(gradient, max_norm):
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length <= max_norm:
        return list(gradient)
    factor = 0.0
    return [factor * entry for entry in gradient]


def choose_limit(lengths):
    return 1.2 * max(lengths)
