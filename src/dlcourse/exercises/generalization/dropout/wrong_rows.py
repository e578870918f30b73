# whole rows are dropped
import torch


def dropout(x, p, training, generator):
    if not training:
        return x
    draws = torch.rand(len(x), 1, generator=generator)
    return x * (draws >= p) / (1 - p)
