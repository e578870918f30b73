"""Same shape, other order: a transpose is not a reshape."""

import torch

x = torch.tensor([[1, 2, 3], [4, 5, 6]])
print(x.T.tolist())
print(x.reshape(3, 2).tolist())
