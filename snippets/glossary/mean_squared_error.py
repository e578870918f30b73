"""Mean squared error by hand and in PyTorch."""

import torch

predictions = torch.tensor([1.0, 2.0, 5.0])
targets = torch.tensor([1.0, 4.0, 4.0])
by_hand = (0**2 + (-2) ** 2 + 1**2) / 3
loss = torch.nn.functional.mse_loss(predictions, targets)
print(f"{by_hand:.4f} {loss.item():.4f}")
