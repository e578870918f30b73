"""Shift first or last: is the result the same?"""

import torch
from torch import nn

torch.manual_seed(0)
images = torch.rand(10, 1, 8, 8).double()
around = {"padding": 1, "padding_mode": "circular"}  # no border
convolution = nn.Conv2d(1, 1, 3, **around).double()
zero_padded = nn.Conv2d(1, 1, 3, padding=1).double()
linear = nn.Linear(64, 64).double()


def fully_connected(x):
    """Let each output pixel depend on all pixels of the image."""
    return linear(x.flatten(1)).reshape(-1, 1, 8, 8)


def share_equal(function, distance, smaller=1):
    """Compare both orders; return the share of equal values."""
    shifted_first = function(images.roll(distance, dims=3))
    shifted_last = function(images).roll(distance // smaller, dims=3)
    is_equal = torch.isclose(shifted_first, shifted_last)
    return is_equal.double().mean().item()


pool = nn.MaxPool2d(2)  # the result has half the sides
largest = nn.AdaptiveMaxPool2d(1)  # one value for each map
shares = {
    "convolution": share_equal(convolution, 2),
    "convolution with zeros around": share_equal(zero_padded, 2),
    "fully connected": share_equal(fully_connected, 2),
    "pooling, shifted by 2": share_equal(pool, 2, smaller=2),
    "pooling, shifted by 1": share_equal(pool, 1, smaller=2),
    "largest value": share_equal(largest, 1),
}
for name, share in shares.items():
    print(f"{name:30}{share:5.0%}")
