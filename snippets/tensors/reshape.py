"""Same shape, other numbers: reshape reads on, T turns the table."""

import torch

table = torch.tensor([[1, 2, 3], [4, 5, 6]])
print("T:      ", table.T.tolist())
print("reshape:", table.reshape(3, 2).tolist())
