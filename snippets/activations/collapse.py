"""Two layers without an activation are one layer."""

import torch
from torch import nn

torch.manual_seed(0)
first = nn.Linear(64, 32)
second = nn.Linear(32, 10)
two = nn.Sequential(first, second)

one = nn.Linear(64, 10)
with torch.no_grad():
    one.weight.copy_(second.weight @ first.weight)  # (10, 32) @ (32, 64)
    one.bias.copy_(second.weight @ first.bias)
    one.bias.add_(second.bias)

x = torch.randn(1000, 64)  # (examples, features)
is_same = torch.allclose(two(x), one(x), atol=1e-5)  # float32 rounds
with_relu = nn.Sequential(first, nn.ReLU(), second)
is_same_with_relu = torch.allclose(with_relu(x), one(x), atol=1e-5)

num_two = sum(p.numel() for p in two.parameters())
num_one = sum(p.numel() for p in one.parameters())
print(f"{num_two} parameters do what {num_one} do: {is_same}")
print(f"with a ReLU between the layers: {is_same_with_relu}")
