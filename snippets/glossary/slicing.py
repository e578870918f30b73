"""Positions count from 0, and the last one of a slice is left out."""

import torch

row = torch.tensor([10, 20, 30, 40])
print(row[1:3])  # positions 1 and 2

table = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(table[:, 0])  # all rows, column 0
