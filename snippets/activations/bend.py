"""XOR with two hidden units: with its activation, and without."""

import torch
from torch import nn

hidden = nn.Linear(2, 2)
output = nn.Linear(2, 1)
with torch.no_grad():  # set the parameters by hand
    hidden.weight.copy_(torch.tensor([[1, 1], [1, 1]]))
    hidden.bias.copy_(torch.tensor([0, -1]))
    output.weight.copy_(torch.tensor([[1, -2]]))
    output.bias.copy_(torch.tensor([0]))

print("x1 x2  with ReLU  without")
for x1 in (0, 1):
    for x2 in (0, 1):
        x = torch.tensor([x1, x2]).float()
        weighted_sums = hidden(x)
        bent = output(weighted_sums.relu()).item()
        straight = output(weighted_sums).item()
        print(f" {x1}  {x2}  {bent:5.0f}     {straight:5.0f}")

        is_xor = x1 != x2
        assert bent == is_xor
        assert straight == 2 - x1 - x2
