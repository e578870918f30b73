"""Softmax: every score becomes positive, and together they are 1."""

import torch

scores = torch.tensor([1.0, 2.0, 3.0])
probabilities = scores.softmax(dim=0)
print(probabilities)
print(f"{probabilities.sum():.4f}")
