"""A batch of two colour pictures as a tensor."""

import torch

images = torch.zeros(2, 3, 8, 8)  # pictures, colour channels, rows, columns
print(images.ndim, tuple(images.shape), images.numel())
print(images.dtype, images.device)
