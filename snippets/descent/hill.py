"""Down one hill twice: with closed eyes, and along the gradient."""

import matplotlib.pyplot as plt
import torch


def height(x, y):
    """Return the height of the hill at a place."""
    return x**2 + 3 * y**2


def draw(axes, places, style, **settings):
    """Draw a line through some places."""
    xs = [place[0] for place in places]
    ys = [place[1] for place in places]
    axes.plot(xs, ys, style, **settings)


figure, panels = plt.subplots(2, 1, figsize=(3.6, 4.4), sharex=True)
x = torch.linspace(-2, 2, 81, dtype=torch.float64)
y = torch.linspace(-2, 2, 81, dtype=torch.float64)
ground = height(x, y[:, None])  # (81, 81): a row for each y
style = {"colors": "black", "alpha": 0.3, "linewidths": 0.8}
levels = [0.1, 0.4, 1, 2, 3, 4, 5, 6]
for axes in panels:
    axes.contour(x, y, ground, levels, **style)
    axes.set(xlim=(-2, 0.5), ylim=(-0.6, 1.1), aspect="equal")

# Above: random trial steps; the dotted ones did not lead lower.
torch.manual_seed(5)
place = torch.tensor([-1.7, 0.8])
blind = [place]
for _ in range(40):
    direction = torch.randn(2)
    direction = direction / direction.norm()
    trial = place + 0.25 * direction
    if height(*trial) < height(*place):
        place = trial
        blind.append(place)
    else:
        draw(panels[0], [place, trial], "C1:")
draw(panels[0], blind, "C0o-", markersize=4)

# Below: steps against the gradient.
place = torch.tensor([-1.7, 0.8])
factors = torch.tensor([2.0, 6.0])
guided = [place]
for _ in range(20):
    gradient = factors * place  # the slopes of x² + 3y²
    place = place - 0.1 * gradient
    guided.append(place)
draw(panels[1], guided, "C0o-", markersize=4)
plt.show()
