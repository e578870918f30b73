"""Same shape, other order: a transpose is no reshape."""

import torch

x = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(x.T)
print(torch.equal(x.T, x.reshape(3, 2)))
