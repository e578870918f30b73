"""Ten classes, all equally probable: the cross-entropy is ln 10."""

import math

import torch

logits = torch.zeros(1, 10)  # the same score for each class
loss = torch.nn.functional.cross_entropy(logits, torch.tensor([3]))
print(f"{loss.item():.4f} {math.log(10):.4f}")
