# the slope of the sigmoid is missing
import math


def neuron_gradient(x, w, b, target):
    logit = b
    for weight, value in zip(w, x, strict=True):
        logit += weight * value
    y = 1 / (1 + math.exp(-logit))

    grad_y = 2 * (y - target)
    grad_logit = grad_y
    grad_w = [grad_logit * value for value in x]
    return grad_w, grad_logit
