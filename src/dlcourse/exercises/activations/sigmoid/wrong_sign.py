# the sign is reversed
import math


def sigmoid(z):
    if z >= 0:
        return math.exp(-z) / (1 + math.exp(-z))
    return 1 / (1 + math.exp(z))
