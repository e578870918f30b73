# the mean
import math


def best_discriminator(p, q):
    outputs = [a / (a + b) for a, b in zip(p, q, strict=True)]
    loss = 0
    for a, b, d in zip(p, q, outputs, strict=True):
        loss -= (a * math.log(d) if a else 0) + (b * math.log(1 - d) if b else 0)
    return outputs, loss / len(p)
