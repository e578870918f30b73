"""The slope of the loss with respect to a logit is p - y."""

import torch
import torch.nn.functional as F

logits = torch.tensor([0.5, 0.3, 0.2], dtype=torch.float64).log()
logits.requires_grad_()  # the softmax of these logits is 0.5, 0.3, 0.2
target = torch.tensor(2)
loss = F.cross_entropy(logits, target)
loss.backward()
answer = round(logits.grad[2].item(), 6)
print(answer)
