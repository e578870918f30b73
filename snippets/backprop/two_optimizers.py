"""One gradient, two optimizers, two different steps."""

import torch

for name in ("SGD", "Adam"):
    w = torch.tensor(3.0, requires_grad=True)
    optimizer = getattr(torch.optim, name)([w], lr=0.1)
    (w**2).backward()
    optimizer.step()
    print(f"{name:4}  gradient {w.grad.item():.1f}, ", end="")
    print(f"w from 3.0 to {w.item():.1f}")
