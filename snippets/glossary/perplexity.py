"""Who gives ten choices the same probability has perplexity ten."""

import torch

logits, right = torch.zeros(1, 10), torch.tensor([3])
loss = torch.nn.functional.cross_entropy(logits, right)
print(f"{loss:.3f} nats, perplexity {loss.exp():.1f}")
