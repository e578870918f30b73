"""A long valley: thirty steps on its map, and two cuts through it."""

import matplotlib.pyplot as plt
import torch


def height(x, y):
    """Return the height of the valley at a place."""
    return x**2 / 50 + y**2


x = -9.0
y = 1.0
xs = [x]
ys = [y]
for _ in range(30):
    slope_x = x / 25
    slope_y = 2 * y
    x = x - 0.9 * slope_x
    y = y - 0.9 * slope_y
    xs.append(x)
    ys.append(y)

figure, panels = plt.subplots(3, 1, figsize=(3.6, 5))
across = torch.linspace(-1.5, 1.5, 31, dtype=torch.float64)
along = torch.linspace(-10, 3, 131, dtype=torch.float64)
ground = height(along, across[:, None])  # (31, 131): a row for each y
levels = torch.arange(8) / 2 + 0.303  # through no point of the grid
style = {"colors": "black", "alpha": 0.3, "linewidths": 0.8}
panels[0].contour(along, across, ground, levels, **style)
panels[0].plot(xs, ys, "C0o-", markersize=3)
panels[0].set(title="the map", xlabel="x", ylabel="y")

panels[1].plot(across, height(0, across))
panels[1].set(title="cut across: curvature 2", xlabel="y")
panels[2].plot(across, height(across, 0))
panels[2].set(title="cut along: curvature 0.04", xlabel="x")
for axes in panels[1:]:
    axes.set(ylabel="loss", ylim=(-0.1, 2.3))
plt.show()
