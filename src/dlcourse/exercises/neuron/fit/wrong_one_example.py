# a step for each example
import math


def fit(examples, targets, learning_rate, steps):
    w = [0.0] * len(examples[0])
    b = 0.0
    for _ in range(steps):
        for x, target in zip(examples, targets, strict=True):
            z = b + sum(weight * value for weight, value in zip(w, x, strict=True))
            y = 1 / (1 + math.exp(-z))
            slope = 2 * (y - target) * y * (1 - y)
            w = [weight - learning_rate * slope * value for weight, value in zip(w, x, strict=True)]
            b -= learning_rate * slope
    return w, b
