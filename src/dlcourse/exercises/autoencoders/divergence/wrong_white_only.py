# only white pixels
import math


def vae_loss(pixels, probabilities, mean, log_variance):
    error = -sum(x * math.log(p) for x, p in zip(pixels, probabilities, strict=True))
    divergence = 0
    for m, v in zip(mean, log_variance, strict=True):
        divergence += (m**2 + math.exp(v) - 1 - v) / 2
    return error, divergence
