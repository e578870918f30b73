"""Accuracy is the share of right answers."""

import torch

predictions = torch.tensor([7, 2, 1, 0, 4])
labels = torch.tensor([7, 2, 1, 0, 9])
accuracy = (predictions == labels).float().mean().item()
print(f"{accuracy:.0%}")
