"""The side of a feature map, by the formula and by PyTorch."""

import torch
from torch import nn


def output_size(side, kernel, padding=0, stride=1):
    """Return the side of the feature map."""
    return (side + 2 * padding - kernel) // stride + 1


cases = [
    (28, 5, 0, 1),
    (28, 5, 2, 1),
    (32, 3, 1, 1),
    (28, 2, 0, 2),
    (224, 7, 3, 2),
]
sides = []
print("side  kernel  padding  stride  output")
for side, kernel, padding, stride in cases:
    layer = nn.Conv2d(1, 1, kernel, stride, padding)
    output = layer(torch.zeros(1, 1, side, side))
    expected = output_size(side, kernel, padding, stride)
    assert output.shape[2] == expected
    sides.append(expected)
    print(f"{side:4}{kernel:8}{padding:9}{stride:8}{expected:8}")
