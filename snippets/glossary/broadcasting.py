"""Broadcasting adds a column to a row and gives a whole table."""

import torch

column = torch.tensor([[0], [10]])  # (2, 1)
row = torch.tensor([[1, 2, 3]])  # (1, 3)
table = column + row  # (2, 3)
print(table)
