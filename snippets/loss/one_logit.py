"""Yes or no from one logit: argmax and softmax have nothing to choose from."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
logits = torch.randn(1000, 1, requires_grad=True)  # (batch, 1)

print("argmax:", logits.argmax(dim=1).unique().tolist())
print("softmax:", logits.softmax(dim=1).unique().tolist())

always_zero = torch.zeros(1000, dtype=torch.long)  # the only class there is
loss = F.cross_entropy(logits, always_zero)
loss.backward()
print("loss:", loss.item(), "largest gradient:", logits.grad.abs().max().item())

answers = (logits > 0).long()  # right: p > 0.5 where the logit is above 0
print("logit > 0:", answers.unique().tolist())
assert torch.equal(answers, logits.sigmoid().round().long())
