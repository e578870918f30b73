"""Swap two hidden units with all their weights: does the answer change?"""

import torch
from torch import nn

torch.manual_seed(0)
hidden = nn.Linear(2, 2)
output = nn.Linear(2, 1)
network = nn.Sequential(hidden, nn.ReLU(), output)
x = torch.rand(1000, 2)  # a thousand random inputs
before = network(x)

swapped = [1, 0]  # the second unit first, the first unit second
hidden.weight.data = hidden.weight[swapped]  # rows: what leads into a unit
hidden.bias.data = hidden.bias[swapped]
output.weight.data = output.weight[:, swapped]  # columns: what leads out of it

after = network(x)
largest_change = (after - before).abs().max()
print("largest change below 1e-6:", bool(largest_change < 1e-6))
