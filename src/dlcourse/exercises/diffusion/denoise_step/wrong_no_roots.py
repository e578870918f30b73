# no square roots
import math


def denoise_step(x, noise, fresh, s, next_s):
    drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)
    kept = 1 - next_s - drawn
    new_x = []
    for value, predicted, number in zip(x, noise, fresh, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        new_x.append(next_s * guess + kept * predicted + drawn * number)
    return new_x
