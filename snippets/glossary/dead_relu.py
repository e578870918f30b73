"""A ReLU that is off for all examples gets no gradient."""

import torch

x = torch.linspace(0, 1, 100)
weight = torch.tensor(1.0, requires_grad=True)
(weight * x - 2).relu().sum().backward()
print(weight.grad)
