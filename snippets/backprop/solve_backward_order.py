"""A solution of the exercise backprop/backward_order: it runs."""

import math


def sigmoid(z):
    """Return the sigmoid of z."""
    return 1 / (1 + math.exp(-z))


w = 0.5
b = -1.0
x = 2.0
target = 1.0

z = w * x + b
y = sigmoid(z)
loss = (y - target) ** 2
grad_y = 2 * (y - target)
grad_z = grad_y * y * (1 - y)
grad_w = grad_z * x
grad_b = grad_z
assert grad_w == x * grad_b
