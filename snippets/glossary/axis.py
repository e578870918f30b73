"""A sum along an axis makes that axis disappear."""

import torch

table = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(table.sum(dim=0))  # along the rows' axis: one sum for each column
print(table.sum(dim=1))  # along the columns' axis: one sum for each row
