# kept and drawn are swapped
import math


def denoise_step(x, noise, fresh, s, next_s):
    kept = (1 - s / next_s) * (1 - next_s) / (1 - s)
    drawn = 1 - next_s - kept
    new_x = []
    for value, predicted, number in zip(x, noise, fresh, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        mixed = math.sqrt(next_s) * guess + math.sqrt(kept) * predicted
        new_x.append(mixed + math.sqrt(max(drawn, 0)) * number)
    return new_x
