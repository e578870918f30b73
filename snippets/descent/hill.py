"""Down one hill twice: with closed eyes, and along the gradient."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(5)
start = torch.tensor([-1.7, 0.8])
height = torch.tensor([1.0, 3.0])  # of the ground: w1² + 3 w2²
blind, guided, refused = [start], [start], []
for _ in range(40):
    w, direction = blind[-1], torch.randn(2)
    trial = w + 0.25 * direction / direction.norm()
    if height @ trial**2 < height @ w**2:
        blind.append(trial)
    else:
        refused.append(torch.stack([w, trial]))
for _ in range(20):
    gradient = 2 * height * guided[-1]
    guided.append(guided[-1] - 0.1 * gradient)

figure, panels = plt.subplots(2, 1, figsize=(3.6, 4.4), sharex=True)
x = y = torch.arange(-40, 41).double() / 20
for axes, path in zip(panels, (blind, guided), strict=True):
    ground = x**2 + 3 * y[:, None] ** 2
    style = {"colors": "black", "alpha": 0.3, "linewidths": 0.8}
    axes.contour(x, y, ground, [0.1, 0.4, 1, 2, 3, 4, 5, 6], **style)
    axes.plot(*torch.stack(path).T, "C0o-", markersize=4)
    axes.set(xlim=(-2, 0.5), ylim=(-0.6, 1.1), aspect="equal")
panels[0].plot(*torch.stack(refused).permute(2, 1, 0), "C1:", linewidth=1.2)
plt.show()
