"""ReLU keeps what is positive; its slope is 0 or 1."""

import torch

x = torch.tensor([-2.0, -0.5, 3.0], requires_grad=True)
torch.relu(x).sum().backward()
print(torch.relu(x).tolist(), x.grad.tolist())
