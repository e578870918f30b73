# p itself
import math


def best_discriminator(p, q):
    outputs = list(p)
    loss = 0
    for a, b, d in zip(p, q, outputs, strict=True):
        loss -= (a * math.log(d) if a else 0) + (b * math.log(1 - d) if b else 0)
    return outputs, loss
