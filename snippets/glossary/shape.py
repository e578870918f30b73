"""A new shape has the same numbers; their count stays the same."""

import torch

images = torch.zeros(64, 1, 28, 28)  # images, channels, rows, columns
flat = images.flatten(start_dim=1)  # keeps axis 0

print(tuple(images.shape), images.numel())
print(tuple(flat.shape), flat.numel())
