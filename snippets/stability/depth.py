"""How much of the gradient arrives in front of 20 layers."""

from statistics import fmean

import torch
import torch.nn.functional as F
from torch import nn


def share_of_gradient(activation, initialize, seed, width=64, num_layers=20):
    """Return log10 of the gradient's length before the layers over after."""
    torch.manual_seed(seed)
    x = torch.randn(32, width).double().requires_grad_()  # 32 examples
    signal = x
    for _ in range(num_layers):
        layer = nn.Linear(width, width).double()
        if initialize is not None:
            initialize(layer.weight)
            nn.init.zeros_(layer.bias)
        signal = activation(layer(signal))

    after = torch.randn(32, width).double()  # any gradient of a loss will do
    signal.backward(after)
    return (x.grad.norm() / after.norm()).log10().item()


starts = {
    "PyTorch's": None,  # what nn.Linear begins with
    "Glorot's": nn.init.xavier_normal_,
    "He's": nn.init.kaiming_normal_,
}
print("activation", *[f"{name:>9}" for name in starts])
for activation in (F.sigmoid, F.tanh, F.relu, F.gelu):
    cells = []
    for initialize in starts.values():
        powers = []
        for seed in range(5):
            powers.append(share_of_gradient(activation, initialize, seed))
        cells.append(f"10^{round(fmean(powers))}")
    print(f"{activation.__name__:10}", *[f"{cell:>9}" for cell in cells])
