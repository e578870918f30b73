"""Accuracy is the share of correct predictions."""

import torch

predictions = torch.tensor([7, 2, 1, 0, 4])
labels = torch.tensor([7, 2, 1, 0, 9])

is_correct = predictions == labels  # True four times, False once
accuracy = is_correct.float().mean()  # True counts as 1, False as 0
print(f"{accuracy:.0%}")
