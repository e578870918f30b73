"""A detached value is a number without a history."""

import torch

w = torch.tensor(3.0, requires_grad=True)
constant = w.detach()  # also 3, but the backward pass stops here
product = w * constant

product.backward()
print(w.grad)  # 3, although the derivative of w * w is 6
