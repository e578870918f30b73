"""A sum along one axis: that axis disappears."""

import torch

row = [1.0, 2.0, 3.0]
next_row = [4.0, 5.0, 9.0]
table = torch.tensor([row, next_row])  # (2, 3)

print(table.sum())
print(table.sum(dim=0))
print(table.sum(dim=1))
print(table.mean(dim=1))
print(table.max(dim=1).values)
