"""Two axes, and yet the matrix rank is 1: all rows are equal."""

import torch

ones = torch.ones(3, 3)
print(ones.ndim)  # the number of axes

matrix_rank = torch.linalg.matrix_rank(ones)
print(matrix_rank.item())
