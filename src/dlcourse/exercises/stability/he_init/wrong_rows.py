# all rows are equal
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / fan_in) ** 0.5
    return std * torch.randn(1, fan_in, generator=generator).repeat(fan_out, 1)
