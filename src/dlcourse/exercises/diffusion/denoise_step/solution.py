import math


def denoise_step(x, noise, fresh, s, next_s):
    """Return the numbers at the next, lower noise level.

    x, noise, fresh: lists of equal length; s < next_s: shares of the example.
    """
    drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)  # the variance of the fresh noise
    kept = 1 - next_s - drawn  # with it, the three variances add up to 1
    new_x = []
    for value, predicted, random in zip(x, noise, fresh, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        mixed = math.sqrt(next_s) * guess + math.sqrt(kept) * predicted
        new_x.append(mixed + math.sqrt(drawn) * random)
    return new_x
