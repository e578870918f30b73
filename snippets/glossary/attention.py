"""Attention weights are a softmax: each row adds up to one."""

import torch

torch.manual_seed(0)
queries = torch.randn(3, 4)  # 3 positions ask, each with 4 numbers
keys = torch.randn(5, 4)  # 5 positions answer

scores = queries @ keys.T
scores = scores / 4**0.5  # the root of the length, as Vaswani et al. do
weights = scores.softmax(dim=1)

print(tuple(weights.shape))
for total in weights.sum(dim=1):
    print(f"{total:.2f}")
