import math


def best_discriminator(p, q):
    """Return the best outputs and their loss, in nats.

    p, q: probabilities of the same examples, in the real and the generated data.
    """
    outputs = []
    loss = 0
    for real, generated in zip(p, q, strict=True):
        output = real / (real + generated)  # the share of real ones
        outputs.append(output)
        if real > 0:  # otherwise the logarithm is -infinity, and counts 0 times
            loss -= real * math.log(output)
        if generated > 0:
            loss -= generated * math.log(1 - output)
    return outputs, loss
