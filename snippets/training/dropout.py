"""Dropout by hand and by PyTorch: half the values go, the mean stays."""

import torch
from torch import nn

torch.manual_seed(0)
p, x = 0.5, torch.ones(1_000_000)
is_kept = torch.rand(len(x)) >= p
by_hand = x * is_kept / (1 - p)

layer = nn.Dropout(p)
rows = {"by hand": by_hand}
rows["train()"] = layer.train()(x)
rows["eval()"] = layer.eval()(x)
for name, y in rows.items():
    print(f"{name:8} values {y.unique().tolist()}, mean {y.mean():.2f}")
