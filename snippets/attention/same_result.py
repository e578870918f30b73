"""Different attention weights, the same result."""

import torch

values = torch.tensor([[4.0, 0.0], [0.0, 4.0], [2.0, 2.0]])
first = torch.tensor([0.5, 0.5, 0.0])  # reads the first two places
second = torch.tensor([0.0, 0.0, 1.0])  # reads the third place alone

print("first ", (first @ values).tolist())
print("second", (second @ values).tolist())
