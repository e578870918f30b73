import math


def neuron_gradient(x, w, b, target):
    """Return the slopes of the loss for the weights, as a list, and for the bias.

    The neuron computes y = sigmoid(w . x + b), and its loss is (y - target) ** 2.
    """
    logit = b
    for weight, value in zip(w, x, strict=True):
        logit += weight * value
    y = 1 / (1 + math.exp(-logit))

    grad_y = 2 * (y - target)
    grad_logit = grad_y * y * (1 - y)
    grad_w = [grad_logit * value for value in x]
    return grad_w, grad_logit  # the bias has the local slope 1
