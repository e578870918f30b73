# a short gradient is lengthened
import math


def clip(gradient, max_norm):
    length = math.sqrt(sum(entry**2 for entry in gradient))
    if length == 0:
        return list(gradient)
    factor = max_norm / length
    return [factor * entry for entry in gradient]


def choose_limit(lengths):
    return 1.2 * max(lengths)
