"""The weight of a ReLU that is off for all examples gets slope 0."""

import torch

x = torch.linspace(0, 1, 100)  # 100 examples
weight = torch.tensor(1.0, requires_grad=True)

weighted_sum = weight * x - 2  # the bias is -2: negative for all
output = weighted_sum.relu()
output.sum().backward()
print(weight.grad)
