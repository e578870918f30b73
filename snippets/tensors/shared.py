"""Write into a view, and the original changes."""

import torch

table = torch.tensor([[1, 2, 3], [4, 5, 6]])

row = table[0]  # a view: the same numbers in memory
row[0] = 100
print(table.tolist())

copied_row = table[1].clone()  # a copy: numbers of its own
copied_row[0] = 200
print(table.tolist())
