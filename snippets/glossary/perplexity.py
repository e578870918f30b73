"""If ten choices have the same probability, the perplexity is ten."""

import torch
import torch.nn.functional as F

logits = torch.zeros(1, 10)  # the same score for each choice
label = torch.tensor([3])
loss = F.cross_entropy(logits, label)
perplexity = loss.exp()
print(f"{loss:.3f} nats, perplexity {perplexity:.1f}")
