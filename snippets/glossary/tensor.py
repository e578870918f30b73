"""A batch of two color images as a tensor."""

import torch

images = torch.zeros(2, 3, 8, 8)  # images, color channels, rows, columns
print(images.ndim, tuple(images.shape))
print(images.numel())  # 2 * 3 * 8 * 8
print(images.dtype, images.device)
