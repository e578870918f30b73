"""The mean stays the same, the sum grows with the batch."""

import torch
import torch.nn.functional as F

for batch_size in (1, 10):
    predictions = torch.full((batch_size,), 2.0)
    targets = torch.zeros(batch_size)
    mean = F.mse_loss(predictions, targets)
    total = F.mse_loss(predictions, targets, reduction="sum")
    print(mean.item(), total.item())
