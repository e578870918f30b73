"""The next row is three elements on, the next column one."""

import torch

x = torch.zeros(2, 3)
print(x.stride(), x.T.stride())
