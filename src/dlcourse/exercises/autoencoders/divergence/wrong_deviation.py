# the logarithm of the deviation
import math


def vae_loss(pixels, probabilities, mean, log_variance):
    error = 0
    for x, p in zip(pixels, probabilities, strict=True):
        error -= x * math.log(p) + (1 - x) * math.log(1 - p)
    divergence = 0
    for m, v in zip(mean, log_variance, strict=True):
        divergence += (m**2 + math.exp(v) ** 2 - 1 - v) / 2
    return error, divergence
