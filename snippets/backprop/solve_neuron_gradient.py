"""A solution of the exercise backprop/neuron_gradient."""

import math


def neuron_gradient(x, w, b, target):
    """Return the slopes of the loss for the weights and for the bias."""
    z = b
    for weight, value in zip(w, x, strict=True):
        z += weight * value
    y = 1 / (1 + math.exp(-z))

    grad_y = 2 * (y - target)
    grad_z = grad_y * y * (1 - y)
    grad_w = [grad_z * value for value in x]
    return grad_w, grad_z  # the bias has the local slope 1


assert neuron_gradient([3, 5], [2, -1], -1, 1) == ([-0.75, -1.25], -0.25)
