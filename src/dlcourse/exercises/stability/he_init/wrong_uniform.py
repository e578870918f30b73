# the weights are never negative
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / fan_in) ** 0.5
    return std * torch.rand(fan_out, fan_in, generator=generator)
