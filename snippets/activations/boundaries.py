"""The decision boundaries of four networks between two half moons."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(1)
angle = torch.linspace(0, torch.pi, 40).double()
moon = torch.stack([angle.cos(), angle.sin()], dim=1)  # (40, 2)
other = torch.tensor([1, 0.5]) - moon  # the same half circle, upside down
x = torch.cat([moon, other]) + 0.15 * torch.randn(80, 2)
y = torch.arange(80) // 40  # the first moon is class 0, the other class 1
side = torch.linspace(-2, 3, 101).double()
grid = torch.cartesian_prod(side, side)  # the points of a square, (10201, 2)


def draw(axes, width, activation):
    """Train 2-width-2, draw its boundary and return its accuracy in percent."""
    hidden = nn.Linear(2, width)
    output = nn.Linear(width, 2)
    network = nn.Sequential(hidden, activation, output).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.1)
    for _ in range(200):
        loss = F.cross_entropy(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    is_correct = network(x).argmax(dim=1) == y
    accuracy = 100 * is_correct.double().mean().item()
    logits = network(grid).detach()  # (10201, 2)
    score = logits.diff().reshape(101, 101)  # 0 at the boundary
    axes.plot(*x[:40].T, "C0o", markersize=3.5)
    axes.plot(*x[40:].T, "C1x", markersize=3.5)
    axes.contour(side, side, score.T, [0], colors="black")
    axes.axis((-1.6, 2.6, -1.1, 1.6))
    axes.set_axis_off()
    name = f"{width} × {type(activation).__name__}"
    axes.set_title(f"{name}\n{accuracy:.0f}% correct", size=10)
    return accuracy


_, panels = plt.subplots(2, 2, figsize=(3.6, 3.4))
identity = draw(panels[0, 0], 16, nn.Identity())
draw(panels[0, 1], 2, nn.Tanh())
draw(panels[1, 0], 3, nn.Tanh())
draw(panels[1, 1], 16, nn.Tanh())
plt.show()
