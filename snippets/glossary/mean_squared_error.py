"""Mean squared error by hand and in PyTorch."""

import torch
import torch.nn.functional as F

predictions = torch.tensor([1.0, 2.0, 5.0])
targets = torch.tensor([1.0, 4.0, 4.0])
loss = F.mse_loss(predictions, targets)

by_hand = (0 + 4 + 1) / 3  # the errors are 0, -2 and 1
print(f"{by_hand:.4f} {loss:.4f}")
