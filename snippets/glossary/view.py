"""A change of a view changes the tensor that it belongs to."""

import torch

x = torch.zeros(2, 2)
row = x[0]
row += 1
print(x)
