"""A slice keeps the axis that it shortens."""

import torch

images = torch.rand(32, 1, 8, 8)  # random numbers in place of 32 images
answer = tuple(images[0:1].shape)
print(answer)
assert tuple(images[0].shape) == (1, 8, 8)  # a number removes the axis
assert len(images[0:2]) == 2
