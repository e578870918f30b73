import torch


def dropout(x, p, training, generator):
    """Set values of x to zero with probability p, and scale the others by 1 / (1 - p).

    Without training, return x unchanged. The random numbers come from the generator.
    """
    if not training:
        return x
    draws = torch.rand(x.shape, generator=generator)  # from 0 to 1, one for each value
    return x * (draws >= p) / (1 - p)
