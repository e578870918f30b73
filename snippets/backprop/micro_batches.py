"""Four small batches add up to one large batch."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
layers = nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid()
network = nn.Sequential(*layers)
x, target = torch.randn(32, 2), torch.rand(32, 1)


def gradients():
    """Return all gradients of the network in one row."""
    return torch.cat([p.grad.flatten() for p in network.parameters()])


F.mse_loss(network(x), target).backward()  # the mean over 32 examples
whole = gradients()

network.zero_grad()
for part_x, part_target in zip(x.split(8), target.split(8), strict=True):
    part_loss = F.mse_loss(network(part_x), part_target) / 4  # one mean of four
    part_loss.backward()

largest_gap = (gradients() - whole).abs().max().item()
print("largest gap below 1e-6:", largest_gap < 1e-6)  # float32: 7 digits
