"""A scalar has no axes; item() gives the plain Python number."""

import torch

scalar = torch.tensor(2.5)
print(scalar.ndim, tuple(scalar.shape))
print(scalar.item())
