"""(2, 3) times (3, 2) is (2, 2): the inner lengths must agree."""

import torch

left = torch.tensor([[1, 2, 3], [4, 5, 6]])
right = torch.tensor([[1, 0], [0, 1], [1, 1]])
product = left @ right
print(product)  # top left: 1 * 1 + 2 * 0 + 3 * 1
