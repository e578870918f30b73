# no fresh noise
import math


def denoise_step(x, noise, fresh, s, next_s):
    drawn = (1 - s / next_s) * (1 - next_s) / (1 - s)
    kept = 1 - next_s - drawn
    new_x = []
    for value, predicted in zip(x, noise, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        new_x.append(math.sqrt(next_s) * guess + math.sqrt(kept) * predicted)
    return new_x
