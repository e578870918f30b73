"""Sigmoids need not add up to 1; a softmax does."""

import torch

logits = torch.tensor([2.0, 2.0, 2.0])
answer = f"{logits.sigmoid().sum().item():.2f}"
print(answer)
assert torch.isclose(logits.softmax(dim=0).sum(), torch.tensor(1.0))
