"""Two axes, yet rank 1 in the sense of linear algebra: all rows are equal."""

import torch

ones = torch.ones(3, 3)
print(ones.ndim, torch.linalg.matrix_rank(ones).item())
