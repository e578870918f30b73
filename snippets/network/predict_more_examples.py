"""A batch uses the same parameters for each of its rows."""

import torch
from torch import nn

network = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
outputs = network(torch.rand(10, 3))  # (10, 2): ten examples at once
answer = sum(parameter.numel() for parameter in network.parameters())
print(tuple(outputs.shape))
print(answer)
