"""Whoever finds everything misses nothing and is often wrong."""

import torch

truth = torch.tensor([1, 0, 0, 0], dtype=torch.bool)
found = torch.tensor([1, 1, 1, 1], dtype=torch.bool)
hits = (truth & found).sum()
print(f"precision {hits / found.sum():.2f}, recall {hits / truth.sum():.2f}")
