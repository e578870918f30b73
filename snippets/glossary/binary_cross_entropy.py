"""Binary cross-entropy is minus the logarithm of one probability."""

import torch
import torch.nn.functional as F

logit = torch.tensor(2.0)
answer = torch.tensor(1.0)  # the correct answer is yes
loss = F.binary_cross_entropy_with_logits(logit, answer)

probability = logit.sigmoid()  # that the model gives to yes
by_hand = -probability.log()
print(f"{loss:.4f} {by_hand:.4f}")
