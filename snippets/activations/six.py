"""Six activation functions and their slopes."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F


def step(z):
    """Return 1 above 0 and 0 elsewhere."""
    return (z > 0) + 0 * z  # 0 * z lets autograd find the slope 0


def leaky_relu(z):
    """Return z above 0 and a tenth of it below."""
    return F.leaky_relu(z, 0.1)


functions = {
    "step": step,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": F.relu,
    "leaky ReLU": leaky_relu,
    "GELU": F.gelu,
}
z = torch.linspace(-3, 3, 301, dtype=torch.float64).requires_grad_()
figure, panels = plt.subplots(3, 2, figsize=(3.6, 5), sharex=True, sharey=True)
for axes, (name, function) in zip(panels.flat, functions.items(), strict=True):
    values = function(z)
    (slopes,) = torch.autograd.grad(values.sum(), z)  # one slope for each z
    axes.plot(z.detach(), values.detach(), "C0-")
    axes.plot(z.detach(), slopes, "C1--")
    axes.axhline(0, color="black", linewidth=0.5)
    axes.set_title(name)
    axes.set_ylim(-1.2, 2.2)
    axes.set_xticks([-3, 0, 3])
    axes.set_yticks([-1, 0, 1])
figure.legend(["value", "slope"], loc="outside upper center", ncols=2)
figure.supxlabel("z")
plt.show()
