# it overflows for large negative numbers
import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))
