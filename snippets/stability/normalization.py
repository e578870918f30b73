"""Batch and layer normalization by hand, in training and after."""

import torch
from torch import nn

torch.manual_seed(0)
batch = 5 * torch.randn(32, 3).double() + 20  # 32 examples, 3 features
other_batch = 5 * torch.randn(32, 3).double() + 20
other_batch[0] = batch[0]  # the same example in two batches

batch_norm = nn.BatchNorm1d(3).double()
mean = batch.mean(dim=0)  # (3,): one for each feature
variance = batch.var(dim=0, correction=0)  # divided by 32, not by 31
denominator = (variance + 1e-5).sqrt()  # never 0
by_hand = (batch - mean) / denominator
assert torch.allclose(batch_norm(batch), by_hand)
assert torch.allclose(batch_norm(100 * batch), by_hand)  # the size is gone

layer_norm = nn.LayerNorm(3).double()
mean = batch.mean(dim=1, keepdim=True)  # (32, 1): one for each example
variance = batch.var(dim=1, correction=0, keepdim=True)
denominator = (variance + 1e-5).sqrt()
by_hand = (batch - mean) / denominator
assert torch.allclose(layer_norm(batch), by_hand)

print("the same output in both batches?")
for norm in (batch_norm, layer_norm):
    for mode in ("train", "eval"):
        norm.train(mode == "train")
        is_same = torch.allclose(norm(batch)[0], norm(other_batch)[0])
        print(f"{type(norm).__name__:12}{mode}(): {is_same}")
