"""Weights of a fully connected layer and of a convolution."""

import torch
from torch import nn

image = torch.zeros(1, 3, 224, 224)  # red, green and blue
linear = nn.Linear(3 * 224 * 224, 64)
convolution = nn.Conv2d(3, 64, kernel_size=3, padding=1)

for layer in (linear, convolution):
    num_parameters = sum(weight.numel() for weight in layer.parameters())
    print(f"{num_parameters:9,} parameters")

print(tuple(convolution.weight.shape))
feature_maps = convolution(image)
print(tuple(feature_maps.shape))
