"""The gradient of x ** 2 + 3y at (2, 1): one partial derivative for each input."""

import torch

point = torch.tensor([2.0, 1.0], requires_grad=True)
x, y = point
(x**2 + 3 * y).backward()
print(point.grad)  # (2x, 3)
