"""The gradient of a ReLU unit whose sum is negative for all examples."""

import torch

torch.manual_seed(0)
x = torch.rand(50, 3)  # positive inputs
weights = torch.full((3,), -1.0, requires_grad=True)
outputs = (x @ weights).relu()
assert (outputs == 0).all()

loss = (outputs - 1).square().mean()
loss.backward()

answer = weights.grad.abs().max().item()
print(answer)
