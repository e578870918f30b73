"""The slope of softplus is the sigmoid."""

import torch
import torch.nn.functional as F

x = torch.tensor([-2.0, 0.0, 2.0], requires_grad=True)
outputs = F.softplus(x)
outputs.sum().backward()
print(x.grad)
print(x.detach().sigmoid())
