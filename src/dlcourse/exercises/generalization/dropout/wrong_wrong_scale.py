# another scale
import torch


def dropout(x, p, training, generator):
    if not training:
        return x
    draws = torch.rand(x.shape, generator=generator)
    return x * (draws >= p) * (1 + p)
