"""Adding the same number to all logits changes no probability."""

import torch

logits = torch.tensor([2.0, -1.0, 0.5])
probabilities = logits.softmax(dim=0)
print(probabilities)

higher_logits = logits + 5
print(higher_logits.softmax(dim=0))
