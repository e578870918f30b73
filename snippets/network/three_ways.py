"""All four cases at once: by hand, with dlcourse.scratch, with PyTorch."""

import torch
from torch import nn

from dlcourse.scratch.neuron import MLP

cases = [[0, 0], [0, 1], [1, 0], [1, 1]]
by_hand = [max(0, x1 + x2) - 2 * max(0, x1 + x2 - 1) for x1, x2 in cases]

scratch = MLP(2, [2, 1])
numbers = [1, 1, 0, 1, 1, -1, 1, -2, 0]  # unit by unit: its weights, its bias
for parameter, number in zip(scratch.parameters(), numbers, strict=True):
    parameter.data = number

network = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
settings = [[[1, 1], [1, 1]], [0, -1], [[1, -2]], [0]]  # layer by layer: W, b
for parameter, setting in zip(network.parameters(), settings, strict=True):
    parameter.data = torch.tensor(setting).float()

x = torch.tensor(cases).float()  # (4, 2): one row for each case
h = network[:2](x)  # (4, 2): one column for each hidden unit
y = network(x)  # (4, 1)

print("  x1   x2 |  h1   h2 |   y")
for row in torch.cat([x, h, y], dim=1).tolist():
    print("{:4.0f} {:4.0f} |{:4.0f} {:4.0f} |{:4.0f}".format(*row))
assert by_hand == y.flatten().tolist() == [scratch(case).data for case in cases]
