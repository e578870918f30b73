# all weights are equal
import torch


def he_init(fan_in, fan_out, generator):
    std = (2 / fan_in) ** 0.5
    return torch.zeros(fan_out, fan_in)
