# all predicted
import math


def denoise_step(x, noise, fresh, s, next_s):
    new_x = []
    for value, predicted in zip(x, noise, strict=True):
        guess = (value - math.sqrt(1 - s) * predicted) / math.sqrt(s)
        new_x.append(math.sqrt(next_s) * guess + math.sqrt(1 - next_s) * predicted)
    return new_x
