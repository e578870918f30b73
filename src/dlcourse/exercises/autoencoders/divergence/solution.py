import math


def vae_loss(pixels, probabilities, mean, log_variance):
    """Return the pair (error, divergence) of one image, in nats.

    pixels, probabilities: a number for each pixel; mean, log_variance: one for
    each number of the code.
    """
    error = 0
    for x, p in zip(pixels, probabilities, strict=True):
        error -= x * math.log(p) + (1 - x) * math.log(1 - p)

    divergence = 0
    for center, logarithm in zip(mean, log_variance, strict=True):
        variance = math.exp(logarithm)
        divergence += (center**2 + variance - 1 - logarithm) / 2
    return error, divergence
