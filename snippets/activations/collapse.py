"""Two layers without an activation are one layer."""

import torch
from torch import nn

torch.manual_seed(0)
first, second = nn.Linear(64, 32), nn.Linear(32, 10)
one = nn.Linear(64, 10)
with torch.no_grad():
    one.weight.copy_(second.weight @ first.weight)
    one.bias.copy_(second.weight @ first.bias + second.bias)

x = torch.randn(1000, 64)  # (batch, features)
is_same = torch.allclose(second(first(x)), one(x), atol=1e-5)  # float32 rounds
is_same_bent = torch.allclose(second(first(x).relu()), one(x), atol=1e-5)
num_two = sum(p.numel() for p in [*first.parameters(), *second.parameters()])
num_one = sum(p.numel() for p in one.parameters())

print(f"{num_two} parameters do what {num_one} do: {is_same}")
print(f"with a ReLU between the layers: {is_same_bent}")
