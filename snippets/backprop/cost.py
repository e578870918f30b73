"""What all 2,410 slopes cost: by nudging, and by one backward pass."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

network = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
num_parameters = sum(p.numel() for p in network.parameters())
x = torch.randn(100, 64)
labels = torch.zeros(100, dtype=torch.long)

# Count the multiplications and additions of the matrix products.
with FlopCounterMode(display=False) as counter:
    loss = F.cross_entropy(network(x), labels)
forward = counter.get_total_flops()
with FlopCounterMode(display=False) as counter:
    loss.backward()
backward = counter.get_total_flops()

# Cost of the gradient, in forward passes
one_sided = num_parameters + 1
two_sided = 2 * num_parameters
backpropagation = 1 + backward / forward
print(f"nudging, one-sided: {one_sided:,}")
print(f"nudging, two-sided: {two_sided:,}")
print(f"backpropagation:    {backpropagation:.1f}")
