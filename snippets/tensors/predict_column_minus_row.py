"""A column minus a row is a table."""

import torch

predictions = torch.tensor([[1.0], [2.0], [3.0], [4.0], [5.0]])  # (5, 1)
targets = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0])  # (5,)
answer = tuple((predictions - targets).shape)
print(answer)
