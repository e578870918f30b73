# small answers become 0
import math


def sigmoid(z):
    if z < -30:
        return 0.0
    return 1 / (1 + math.exp(-z))
