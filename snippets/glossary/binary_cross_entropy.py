"""Binary cross-entropy is minus the logarithm of what the truth got."""

import torch
import torch.nn.functional as F

logit, truth = torch.tensor(2.0), torch.tensor(1.0)
loss = F.binary_cross_entropy_with_logits(logit, truth)
print(torch.allclose(loss, -logit.sigmoid().log()))
