"""ReLU keeps what is positive; its slope is 0 or 1."""

import torch

x = torch.tensor([-2.0, -0.5, 3.0], requires_grad=True)
outputs = x.relu()
print(outputs.tolist())

outputs.sum().backward()
print(x.grad.tolist())
