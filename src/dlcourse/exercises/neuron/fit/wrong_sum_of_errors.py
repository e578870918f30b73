# the sum of the errors
import math


def output(w, b, x):
    z = b + sum((weight * value for weight, value in zip(w, x, strict=True)))
    return 1 / (1 + math.exp(-z))


def fit(examples, targets, learning_rate, steps):
    w = [0.0] * len(examples[0])
    b = 0.0
    for _ in range(steps):
        w_slopes = [0.0] * len(w)
        b_slope = 0.0
        for x, target in zip(examples, targets, strict=True):
            y = output(w, b, x)
            z_slope = 2 * (y - target) * y * (1 - y)
            b_slope += z_slope
            for index, value in enumerate(x):
                w_slopes[index] += z_slope * value
        w = [weight - learning_rate * slope for weight, slope in zip(w, w_slopes, strict=True)]
        b -= learning_rate * b_slope
    return (w, b)
