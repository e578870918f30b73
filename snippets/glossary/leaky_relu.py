"""Leaky ReLU keeps a little of negative values, ReLU nothing."""

import torch
import torch.nn.functional as F

x = torch.tensor([-2.0, 0.0, 3.0])
print(F.leaky_relu(x, negative_slope=0.1))
print(F.relu(x))
