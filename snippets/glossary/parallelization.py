"""A thousand sums, one by one, and all in one operation."""

import torch

inputs, weights = torch.rand(100, 64), torch.rand(64, 10)
sums = [(row * column).sum() for row in inputs for column in weights.T]
at_once = inputs @ weights
print(len(sums), torch.allclose(torch.stack(sums), at_once.flatten()))
