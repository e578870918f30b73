"""The softmax of a single logit is always 1."""

import torch
import torch.nn.functional as F

logits = torch.tensor([[-3.0]])  # (1, 1): one example, one logit
target = torch.tensor([0])
answer = F.cross_entropy(logits, target).item()
print(answer)

no = torch.tensor([[0.0]])
binary = F.binary_cross_entropy_with_logits(logits, no)
print(f"with a sigmoid {binary.item():.4f}")
