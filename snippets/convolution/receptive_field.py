"""Find and draw the pixels that one output depends on."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def gradient_of_middle(layers, side):
    """Return where the output in the middle has a gradient: (side, side)."""
    image = torch.zeros(1, 1, side, side, requires_grad=True)
    output = nn.Sequential(*layers)(image)
    middle = output.shape[2] // 2
    output[0, 0, middle, middle].backward()
    return image.grad[0, 0] != 0


def convolution():
    """Return a convolution of 3 x 3 with equal weights."""
    layer = nn.Conv2d(1, 1, kernel_size=3, padding=1)
    nn.init.ones_(layer.weight)  # no gradient can cancel another
    return layer


stacks = {
    "one": [convolution()],
    "two": [convolution(), convolution()],
    "three": [convolution(), convolution(), convolution()],
    "one, pooling, one": [convolution(), nn.AvgPool2d(2), convolution()],
}
widths = {}
figure, axes = plt.subplots(1, 4, figsize=(7, 2.2))
for ax, (name, layers) in zip(axes, stacks.items(), strict=True):
    is_seen = gradient_of_middle(layers, side=16)
    widths[name] = is_seen.any(dim=0).sum().item()
    ax.imshow(is_seen, cmap="gray", vmin=-0.3, vmax=1.3)
    ax.set_title(name, fontsize=10)
    ax.set_xlabel(f"{widths[name]} x {widths[name]}")
    ax.set_xticks([])
    ax.set_yticks([])
plt.show()
