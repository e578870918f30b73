"""ReLU has no derivative at 0. How often does that happen?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.scratch.value import Value

scratch, pytorch = Value(0), torch.zeros(1, requires_grad=True)
scratch.relu().backward()
pytorch.relu().backward()
print(f"slope at 0: {scratch.grad:.0f} and {pytorch.grad.item():.0f}")

x = load_digits().train.images.flatten(1).double() / 16
num_sums = num_zeros = 0
for seed in range(5):
    torch.manual_seed(seed)
    weighted_sums = nn.Linear(64, 32).double()(x)
    num_sums += weighted_sums.numel()
    num_zeros += (weighted_sums == 0).sum().item()
print(f"exactly 0: {num_zeros} of {num_sums:,} weighted sums")
