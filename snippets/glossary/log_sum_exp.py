"""Computed step by step, the sum overflows."""

import torch

logits = torch.tensor([1000.0, 1000.0])
total = logits.exp().sum()
print(total.log())

log_sum_exp = logits.logsumexp(dim=0)
print(f"{log_sum_exp:.3f}")  # 1000 + ln 2
