# scaled in evaluation
import torch


def dropout(x, p, training, generator):
    if not training:
        return x * (1 - p)
    draws = torch.rand(x.shape, generator=generator)
    return x * (draws >= p)
