# the length is 1, not the limit
import math


def clip(gradient, max_norm):
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length <= max_norm:
        return list(gradient)
    factor = 1 / length
    return [factor * entry for entry in gradient]


def choose_limit(lengths):
    return 1.2 * max(lengths)
