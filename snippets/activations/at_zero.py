"""ReLU has no derivative at 0. How often does that happen?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.scratch.value import Value

scratch = Value(0)
scratch.relu().backward()
pytorch = torch.zeros(1, requires_grad=True)
pytorch.relu().backward()
print(f"slope at 0: {scratch.grad:.0f} and {pytorch.grad.item():.0f}")

x = load_digits().train.images.flatten(1).double() / 16  # (1295, 64)
num_sums = 0
num_zeros = 0
for seed in range(5):
    torch.manual_seed(seed)
    layer = nn.Linear(64, 32).double()
    weighted_sums = layer(x)  # (1295, 32)
    num_sums += weighted_sums.numel()
    num_zeros += (weighted_sums == 0).sum().item()
print(f"exactly 0: {num_zeros} of {num_sums:,} weighted sums")
