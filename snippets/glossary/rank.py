"""Two axes, and yet the matrix rank is 1: all rows are equal."""

import torch

ones = torch.ones(3, 3)
print(ones.ndim, torch.linalg.matrix_rank(ones).item())
