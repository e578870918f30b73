"""Adding the same number to all logits changes no probability."""

import torch

logits = torch.tensor([2.0, -1.0, 0.5])
probabilities = logits.softmax(dim=0)
print(logits.sum().item(), f"{probabilities.sum():.4f}")
print(torch.allclose(probabilities, (logits + 5).softmax(dim=0)))
