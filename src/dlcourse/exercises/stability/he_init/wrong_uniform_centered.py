# the weights are not normal
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / fan_in) ** 0.5
    return std * (2 * torch.rand(fan_out, fan_in, generator=generator) - 1) * 3**0.5
