"""A new shape holds the same numbers; their count stays."""

import torch

images = torch.zeros(64, 1, 28, 28)  # images, channels, rows, columns
flat = images.flatten(start_dim=1)
print(tuple(images.shape), tuple(flat.shape))
print(images.numel() == flat.numel())
