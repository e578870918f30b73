"""Yes or no from one logit: argmax and softmax have nothing to choose from."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
logits = torch.randn(1000, 1, requires_grad=True)  # (batch, 1)
answers = logits.argmax(dim=1)
print("argmax:", answers.unique().tolist())
probabilities = logits.softmax(dim=1)
print("softmax:", probabilities.unique().tolist())

labels = torch.zeros(1000, dtype=torch.long)  # 0 is the only class there is
loss = F.cross_entropy(logits, labels)
loss.backward()
largest = logits.grad.abs().max()
print(f"loss: {loss.item()}, largest gradient: {largest.item()}")

answers = (logits > 0).long()  # p > 0.5 where the logit is above 0
print("logit > 0:", answers.unique().tolist())
assert torch.equal(answers, logits.sigmoid().round().long())
