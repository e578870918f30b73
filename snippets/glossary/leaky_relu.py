"""Leaky ReLU lets a little of negative values through, ReLU nothing."""

import torch

x = torch.tensor([-2.0, 0.0, 3.0])
print(torch.nn.functional.leaky_relu(x, negative_slope=0.1))
print(torch.relu(x))
