"""XOR with two hidden units: with its activation, and without."""

from itertools import product

import torch
from torch import nn

from dlcourse.scratch.neuron import MLP

scratch = MLP(2, [2, 1])  # ReLU in the hidden layer
unit_by_unit = [1, 1, 0, 1, 1, -1, 1, -2, 0]  # each unit's bias last
for parameter, number in zip(scratch.parameters(), unit_by_unit, strict=True):
    parameter.data = number

pytorch = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
layer_by_layer = [[[1, 1], [1, 1]], [0, -1], [[1, -2]], [0]]
for parameter, rows in zip(pytorch.parameters(), layer_by_layer, strict=True):
    parameter.data = torch.tensor(rows).float()

print("x1 x2  with ReLU  without")
for x1, x2 in product([0, 1], repeat=2):
    z1, z2 = x1 + x2, x1 + x2 - 1
    y = max(0, z1) - 2 * max(0, z2)
    straight = z1 - 2 * z2
    print(f" {x1}  {x2}  {y:5}     {straight:5}")
    assert y == scratch([x1, x2]).data
    assert y == pytorch(torch.tensor([x1, x2]).float()).item()
    assert straight == 2 - x1 - x2
