"""A matrix has two axes: rows and columns."""

import torch

matrix = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(tuple(matrix.shape))  # 2 rows, 3 columns

number = matrix[1, 2]  # row 1, column 2, both counted from 0
print(number.item())
