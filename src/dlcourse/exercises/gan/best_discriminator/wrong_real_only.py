# no generated part
import math


def best_discriminator(p, q):
    outputs = [a / (a + b) for a, b in zip(p, q, strict=True)]
    loss = 0
    for a, d in zip(p, outputs, strict=True):
        loss -= a * math.log(d) if a else 0
    return outputs, loss
