"""A sum along an axis removes that axis."""

import torch

table = torch.tensor([[1, 2, 3], [4, 5, 6]])
column_sums = table.sum(dim=0)  # adds along axis 0: one sum a column
row_sums = table.sum(dim=1)  # adds along axis 1: one sum a row
print(column_sums)
print(row_sums)
