"""Dropout by hand and by PyTorch: half the values go, the mean stays."""

import torch
from torch import nn

torch.manual_seed(0)
p = 0.5
x = torch.ones(1_000_000)

is_kept = torch.rand(len(x)) >= p  # True for about half of the values
by_hand = x * is_kept / (1 - p)

layer = nn.Dropout(p)
layer.train()
in_training = layer(x)
layer.eval()
in_use = layer(x)

rows = {"by hand": by_hand, "train()": in_training, "eval()": in_use}
for name, y in rows.items():
    print(f"{name:8} values {y.unique().tolist()}, mean {y.mean():.2f}")
