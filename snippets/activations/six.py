"""Six activation functions and their slopes."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

functions = {
    "step": lambda z: (z > 0) + 0 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": F.relu,
    "leaky ReLU": lambda z: F.leaky_relu(z, 0.1),
    "GELU": F.gelu,
}
z = (torch.arange(-150, 151) / 50).requires_grad_()  # from -3 to 3

figure, panels = plt.subplots(3, 2, figsize=(3.6, 5), sharex=True, sharey=True)
for axes, (name, function) in zip(panels.flat, functions.items(), strict=True):
    values = function(z)
    (slopes,) = torch.autograd.grad(values.sum(), z)
    axes.plot(z.detach(), values.detach(), "C0-")
    axes.plot(z.detach(), slopes, "C1--")
    axes.axhline(0, color="black", linewidth=0.5)
    axes.set(title=name, ylim=(-1.2, 2.2), xticks=[-3, 0, 3], yticks=[-1, 0, 1])
figure.legend(["value", "slope"], loc="outside upper center", ncols=2)
figure.supxlabel("z")
plt.show()
