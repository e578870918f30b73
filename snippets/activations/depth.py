"""How much of the gradient reaches the first of 20 layers."""

from statistics import fmean

import torch
import torch.nn.functional as F
from torch import nn


def first_over_last(activation, weights, seed):
    """Return log10 of the first layer's gradient over the last layer's."""
    torch.manual_seed(seed)
    layers = [nn.Linear(64, 64).double() for _ in range(20)]
    h = torch.randn(32, 64, dtype=torch.float64)
    for layer in layers:
        if weights == "He's":
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        h = activation(layer(h))
    (h * torch.randn_like(h)).sum().backward()
    first, last = layers[0].weight.grad, layers[-1].weight.grad
    return (first.norm() / last.norm()).log10().item()


print("activation  weights    gradient, first / last layer")
for activation in (F.sigmoid, F.tanh, F.relu, F.gelu):
    for weights in ("PyTorch's", "He's"):
        logs = [first_over_last(activation, weights, seed) for seed in range(5)]
        name = activation.__name__
        print(f"{name:12}{weights:11}about 10^{round(fmean(logs))}")
