"""Attention weights are a softmax: each row adds up to one."""

import torch

torch.manual_seed(0)
queries, keys = torch.randn(3, 4), torch.randn(5, 4)
weights = (queries @ keys.T / 4**0.5).softmax(dim=1)
print(tuple(weights.shape), [f"{total:.2f}" for total in weights.sum(dim=1)])
