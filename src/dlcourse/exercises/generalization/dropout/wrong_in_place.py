# x is changed
import torch


def dropout(x, p, training, generator):
    if not training:
        return x
    draws = torch.rand(x.shape, generator=generator)
    x.mul_(draws >= p).div_(1 - p)
    return x
