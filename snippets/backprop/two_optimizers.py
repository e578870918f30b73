"""One gradient, two optimisers, two different steps."""

import torch

for optimizer_class in (torch.optim.SGD, torch.optim.Adam):
    w = torch.tensor(3.0, requires_grad=True)
    optimizer = optimizer_class([w], lr=0.1)
    (w**2).backward()
    optimizer.step()
    print(f"{optimizer_class.__name__}: gradient {w.grad.item():.1f}, w from 3.0 to {w.item():.1f}")
