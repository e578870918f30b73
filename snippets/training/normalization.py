"""Batch normalization by hand and by PyTorch, in training and after."""

import torch
from torch import nn

torch.manual_seed(0)
norm = nn.BatchNorm1d(3).double()
one, other = torch.randn(2, 32, 3, dtype=torch.float64) * 5 + 20
other[0] = one[0]  # the same example in two batches

mean, variance = one.mean(dim=0), one.var(dim=0, correction=0)
by_hand = (one - mean) / (variance + norm.eps).sqrt()
print("by hand = BatchNorm1d:", torch.allclose(norm(one), by_hand))
print("a hundred times the input:", torch.allclose(norm(100 * one), by_hand))

for mode in ("train", "eval"):
    norm.train(mode == "train")
    is_same = torch.allclose(norm(one)[0], norm(other)[0])
    print(f"{mode}(): same answer in both batches: {is_same}")
