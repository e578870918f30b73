# the shape is transposed
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / fan_in) ** 0.5
    return std * torch.randn(fan_in, fan_out, generator=generator)
