"""Adam's first step is as long as the learning rate."""

import torch

for gradient in (0.001, 1.0, 1000.0):
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([weight], lr=0.1)
    weight.grad = torch.tensor([gradient])
    optimizer.step()
    print(f"gradient {gradient:8.3f} -> weight {weight.item():.4f}")
