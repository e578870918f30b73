import torch


def he_init(fan_in, fan_out, generator):
    """Return normal random weights (fan_out, fan_in) for a ReLU layer."""
    std = (2 / fan_in) ** 0.5  # a unit adds up fan_in products
    return std * torch.randn(fan_out, fan_in, generator=generator)
