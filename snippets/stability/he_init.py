"""He initialization: one possible answer to the exercise."""

import torch


def he_init(fan_in, fan_out, generator):
    """Return normal random weights (fan_out, fan_in) for a ReLU layer."""
    std = (2 / fan_in) ** 0.5
    return std * torch.randn(fan_out, fan_in, generator=generator)


weight = he_init(200, 1000, torch.Generator().manual_seed(0))
assert weight.shape == (1000, 200)
assert abs(weight.std() - 0.1) < 0.001  # the square root of 2 / 200
