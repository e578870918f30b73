"""A thousand sums, one by one, and all of them in one operation."""

import torch

inputs = torch.rand(100, 64)
weights = torch.rand(10, 64)

sums = []
for row in inputs:
    for unit in weights:
        total = (row * unit).sum()
        sums.append(total)

at_once = inputs @ weights.T
one_by_one = torch.stack(sums).reshape(100, 10)
print(len(sums), torch.allclose(one_by_one, at_once))
