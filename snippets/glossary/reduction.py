"""The mean stays, the sum grows with the batch."""

import torch
from torch.nn.functional import mse_loss

for batch_size in (1, 10):
    pair = torch.full((batch_size,), 2.0), torch.zeros(batch_size)
    print(*(mse_loss(*pair, reduction=way).item() for way in ("mean", "sum")))
