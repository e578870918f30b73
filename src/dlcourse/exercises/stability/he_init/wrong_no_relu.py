# half of the signal is lost
import torch


def he_init(fan_in, fan_out, generator):
    std = (1 / fan_in) ** 0.5
    return std * torch.randn(fan_out, fan_in, generator=generator)
