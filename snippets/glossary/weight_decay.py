"""With a gradient of zero, only weight decay moves the weight."""

import torch

weight = torch.ones(1, requires_grad=True)
weight.grad = torch.zeros(1)
torch.optim.SGD([weight], lr=0.1, weight_decay=0.5).step()
print(f"{weight.item():.2f}")
