"""Naively, the sum overflows."""

import torch

logits = torch.tensor([1000.0, 1000.0])
print(logits.exp().sum().log())
print(f"{logits.logsumexp(dim=0):.3f}")  # 1000 + log(2)
