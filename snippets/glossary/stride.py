"""The next row is three elements on, the next column one."""

import torch

x = torch.zeros(2, 3)
print(x.stride())  # along axis 0, along axis 1
print(x.T.stride())
