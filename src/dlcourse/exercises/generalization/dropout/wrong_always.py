# dropped in evaluation
import torch


def dropout(x, p, training, generator):
    draws = torch.rand(x.shape, generator=generator)
    return x * (draws >= p) / (1 - p)
