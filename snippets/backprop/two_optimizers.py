"""One slope, two optimizers, two different steps."""

import torch

for name in ("SGD", "Adam"):
    w = torch.tensor(3.0, requires_grad=True)
    optimizer_class = getattr(torch.optim, name)  # torch.optim.SGD, ...
    optimizer = optimizer_class([w], lr=0.1)
    loss = w**2
    loss.backward()
    optimizer.step()
    print(f"{name:4}  slope {w.grad.item():.1f}, ", end="")
    print(f"w from 3.0 to {w.item():.1f}")
