"""Four optimizers in a long valley, thirty steps each from one place."""

import matplotlib.pyplot as plt
import torch
from torch.optim import SGD, Adam

torch.manual_seed(1)
x, y = torch.arange(-100, 31).double() / 10, torch.arange(-15, 16).double() / 10
ground = x**2 / 50 + y[:, None] ** 2
rows = {  # name: optimizer, its settings, noise in the gradient
    "gradient descent": (SGD, {"lr": 0.9}, 0),
    "with mini-batch noise": (SGD, {"lr": 0.9}, 0.2),
    "with momentum 0.8": (SGD, {"lr": 0.5, "momentum": 0.8}, 0),
    "Adam": (Adam, {"lr": 0.6}, 0),
}
figure, panels = plt.subplots(4, 1, figsize=(3.6, 5), sharex=True)
for axes, name in zip(panels, rows, strict=True):
    kind, settings, noise = rows[name]
    w, path = torch.tensor([-9.0, 1.0], requires_grad=True), []
    optimizer = kind([w], **settings)
    for _ in range(31):
        path.append(w.tolist())
        optimizer.zero_grad()
        (w[0] ** 2 / 50 + w[1] ** 2).backward()
        w.grad += noise * torch.randn(2)
        optimizer.step()
    axes.contour(x, y, ground, 8, colors="black", alpha=0.3, linewidths=0.8)
    axes.plot(*zip(*path, strict=True), "C0o-", markersize=3, linewidth=1.2)
    axes.set_title(name, size=11)
plt.show()
