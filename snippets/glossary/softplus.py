"""The slope of softplus is the sigmoid."""

import torch

x = torch.linspace(-5, 5, 11, requires_grad=True)
torch.nn.functional.softplus(x).sum().backward()
print(torch.allclose(x.grad, x.sigmoid()))
