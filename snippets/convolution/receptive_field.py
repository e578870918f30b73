"""Find and draw the pixels that one output depends on, layer by layer."""

import matplotlib.pyplot as plt
import torch
from torch import nn

SIDE = 32  # of the image, in pixels


def find_field(layers):
    """Return which pixels the output in the middle depends on."""
    image = torch.zeros(1, 1, SIDE, SIDE, requires_grad=True)
    output = nn.Sequential(*layers)(image)
    middle = output.shape[2] // 2
    output[0, 0, middle, middle].backward()
    return image.grad[0, 0] != 0  # (SIDE, SIDE)


def make_layer(name):
    """Return a convolution of 3 x 3 with equal weights, or a pooling."""
    if name == "pool":
        return nn.AvgPool2d(2)
    layer = nn.Conv2d(1, 1, kernel_size=3, padding=1)
    nn.init.ones_(layer.weight)  # no gradient can cancel another
    return layer


names = ["conv", "conv", "conv", "pool", "conv", "pool", "conv"]
layers = []
widths = []
for number, name in enumerate(names, 1):
    layers.append(make_layer(name))
    is_seen = find_field(layers)
    widths.append(is_seen.any(dim=0).sum().item())
    figure, axes = plt.subplots(figsize=(2.6, 2.6))
    axes.imshow(is_seen, cmap="gray", vmin=-0.3, vmax=1.3)
    axes.set(xticks=[], yticks=[])
    axes.set_title(", ".join(names[:number]), fontsize=8)
    print(f"layer {number} ({name}): an output depends on", end=" ")
    print(f"{widths[-1]} x {widths[-1]} pixels")
plt.show()
