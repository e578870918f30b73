"""Three optimizers in a long valley, thirty steps each from one place."""

import matplotlib.pyplot as plt
import torch


def height(w):
    """Return the height of the valley at w = (x, y)."""
    return w[0] ** 2 / 50 + w[1] ** 2


def descend(optimizer_class, **settings):
    """Return the places of thirty steps from (-9, 1), one in each row."""
    w = torch.tensor([-9.0, 1.0], requires_grad=True)
    optimizer = optimizer_class([w], **settings)
    path = [w.detach().clone()]  # a copy: step() changes w itself
    for _ in range(30):
        loss = height(w)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path.append(w.detach().clone())
    return torch.stack(path)  # (31, 2)


paths = {
    "gradient descent": descend(torch.optim.SGD, lr=0.9),
    "with momentum": descend(torch.optim.SGD, lr=0.5, momentum=0.8),
    "Adam": descend(torch.optim.Adam, lr=0.6),
}

x = torch.linspace(-10, 3, 131, dtype=torch.float64)
y = torch.linspace(-1.5, 1.5, 31, dtype=torch.float64)
ground = height([x, y[:, None]])  # (31, 131): a row for each y
levels = torch.arange(8) / 2 + 0.303  # through no point of the grid
style = {"colors": "black", "alpha": 0.3, "linewidths": 0.8}
figure, panels = plt.subplots(3, 1, figsize=(3.6, 4.2), sharex=True)
for axes, name in zip(panels, paths, strict=True):
    xs = paths[name][:, 0]
    ys = paths[name][:, 1]
    axes.contour(x, y, ground, levels, **style)
    axes.plot(xs, ys, "C0o-", markersize=3)
    axes.set_title(name)
plt.show()
