# the guess alone
import math


def denoise_step(x, noise, fresh, s, next_s):
    new_x = []
    for value, predicted in zip(x, noise, strict=True):
        new_x.append((value - math.sqrt(1 - s) * predicted) / math.sqrt(s))
    return new_x
