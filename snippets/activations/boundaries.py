"""Where four networks change their mind between two half moons."""

import matplotlib.pyplot as plt
import torch
from torch import nn

torch.manual_seed(1)
t = torch.linspace(0, torch.pi, 40).double()
moon = torch.stack([t.cos(), t.sin()], dim=1)
x = torch.cat([moon, torch.tensor([1, 0.5]) - moon]) + 0.15 * torch.randn(80, 2)
y = torch.arange(80) // 40  # the first moon is 0, the second 1
side, percent = torch.linspace(-2, 3, 101).double(), []
_, panels = plt.subplots(2, 2, figsize=(3.6, 3.4))
hidden = [(16, nn.Identity()), (2, nn.Tanh()), (3, nn.Tanh()), (16, nn.Tanh())]
for axes, (width, activation) in zip(panels.flat, hidden, strict=True):
    layers = nn.Linear(2, width), activation, nn.Linear(width, 2)
    network = nn.Sequential(*layers).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x), y).backward()
        optimizer.step()
    score = network(torch.cartesian_prod(side, side)).detach().diff()
    percent.append(100 * (network(x).argmax(dim=1) == y).double().mean())
    axes.plot(*x[:40].T, "C0o", *x[40:].T, "C1x", markersize=3.5)
    axes.contour(side, side, score.reshape(101, 101).T, [0], colors="black")
    name = type(activation).__name__.lower()
    axes.set_title(f"{width} × {name}\n{percent[-1]:.0f} % right", size=10)
    axes.set(xticks=[], yticks=[], xlim=(-1.6, 2.6), ylim=(-1.1, 1.6))
plt.show()
