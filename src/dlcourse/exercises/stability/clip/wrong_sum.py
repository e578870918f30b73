# the absolute values are added up
import math


def clip(gradient, max_norm):
    length = sum(abs(entry) for entry in gradient)
    if length <= max_norm:
        return list(gradient)
    factor = max_norm / length
    return [factor * entry for entry in gradient]


def choose_limit(lengths):
    return 1.2 * max(lengths)
