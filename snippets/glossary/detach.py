"""A detached value is a number without a history."""

import torch

w = torch.tensor(3.0, requires_grad=True)
(w * w.detach()).backward()
print(w.grad)  # 3, where the derivative of w * w is 6
