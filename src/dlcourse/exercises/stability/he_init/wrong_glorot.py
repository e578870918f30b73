# that is Glorot's standard deviation
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / (fan_in + fan_out)) ** 0.5
    return std * torch.randn(fan_out, fan_in, generator=generator)
