"""Four small batches add up to one large batch."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
layers = [nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid()]
network = nn.Sequential(*layers)
x = torch.randn(32, 2)
target = torch.rand(32, 1)


def gradient():
    """Return the gradient of all parameters in one row."""
    return torch.cat([p.grad.flatten() for p in network.parameters()])


loss = F.mse_loss(network(x), target)  # the mean over 32 examples
loss.backward()
whole = gradient()

network.zero_grad()
for start in (0, 8, 16, 24):
    part_x = x[start : start + 8]
    part_target = target[start : start + 8]
    part_loss = F.mse_loss(network(part_x), part_target)
    (part_loss / 4).backward()  # the mean of four means

largest_gap = (gradient() - whole).abs().max().item()
print("largest gap below 1e-6:", largest_gap < 1e-6)  # float32: 7 digits
