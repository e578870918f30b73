"""Mean squared error by hand and in PyTorch."""

import torch

predictions, targets = torch.tensor([1.0, 2.0, 5.0]), torch.tensor([1.0, 4.0, 4.0])
by_hand = (0**2 + (-2) ** 2 + 1**2) / 3
print(f"{by_hand:.4f} {torch.nn.functional.mse_loss(predictions, targets).item():.4f}")
