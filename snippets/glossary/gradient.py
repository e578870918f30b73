"""The gradient of x ** 2 + 3y at the point (2, 1)."""

import torch

point = torch.tensor([2.0, 1.0], requires_grad=True)
x, y = point
height = x**2 + 3 * y

height.backward()
print(point.grad)  # (2x, 3)
