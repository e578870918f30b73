"""One step for a distance of 1,500 m, given in meters or in kilometers."""

import torch

changes = {}
for name in ("SGD", "Adam"):
    for unit, x in (("m", 1500.0), ("km", 1.5)):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        optimizer_class = getattr(torch.optim, name)  # torch.optim.SGD, ...
        optimizer = optimizer_class([w], lr=0.01)
        output = w * x
        loss = (output - 1) ** 2
        loss.backward()
        optimizer.step()
        changes[name, unit] = (w * x).item()  # the output was 0 before
        print(f"{name:4} in {unit:2}: w {w.item():.3f}, ", end="")
        print(f"output {changes[name, unit]:.3f}")
