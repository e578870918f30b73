# it overflows for large positive numbers
import math


def sigmoid(z):
    return math.exp(z) / (1 + math.exp(z))
