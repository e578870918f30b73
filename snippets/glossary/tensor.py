"""A batch of two color pictures as a tensor."""

import torch

images = torch.zeros(2, 3, 8, 8)  # pictures, color channels, rows, columns
print(images.ndim, tuple(images.shape), images.numel())
print(images.dtype, images.device)
