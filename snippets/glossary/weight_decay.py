"""With a gradient of zero, only weight decay moves the weight."""

import torch

weight = torch.ones(1, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.1, weight_decay=0.5)

weight.grad = torch.zeros(1)
optimizer.step()  # 1 - 0.1 * 0.5 * 1
print(f"{weight.item():.2f}")
