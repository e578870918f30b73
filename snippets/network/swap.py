"""Swap two hidden units with all their weights: does the answer change?"""

import torch
from torch import nn

torch.manual_seed(0)
network = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
x = torch.rand(1000, 2)
before = network(x)

hidden, output = network[0], network[2]
hidden.weight.data = hidden.weight[[1, 0]]  # rows: what leads into a unit
hidden.bias.data = hidden.bias[[1, 0]]
output.weight.data = output.weight[:, [1, 0]]  # columns: what leads out of it

after = network(x)
print("largest change below 1e-6:", bool((after - before).abs().max() < 1e-6))
