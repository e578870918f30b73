"""A matrix has two axes: rows and columns."""

import torch

matrix = torch.tensor([[1, 2, 3], [4, 5, 6]])
number = matrix[1, 2].item()  # row 1, column 2, both counted from 0
print(tuple(matrix.shape), number)
print(matrix.T)
