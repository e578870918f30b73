"""A thousand sums, one after the other, and as one operation that is free to compute many at a time."""

import torch

inputs, weights = torch.rand(100, 64), torch.rand(64, 10)
one_by_one = [[(row * column).sum() for column in weights.T] for row in inputs]
at_once = inputs @ weights
print(at_once.numel(), torch.allclose(torch.tensor(one_by_one), at_once))
