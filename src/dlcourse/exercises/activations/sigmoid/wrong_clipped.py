# small answers are cut off
import math


def sigmoid(z):
    z = max(-30, min(30, z))
    return 1 / (1 + math.exp(-z))
