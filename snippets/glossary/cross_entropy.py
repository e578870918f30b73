"""Ten classes, all equally probable: the cross-entropy is ln 10."""

import math

import torch

logits = torch.zeros(1, 10)  # the same score for each class
label = torch.tensor([3])
loss = torch.nn.functional.cross_entropy(logits, label)
print(f"{loss.item():.4f} {math.log(10):.4f}")
