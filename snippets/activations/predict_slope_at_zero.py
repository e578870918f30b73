"""The sigmoid is steepest at 0, where its slope is a quarter."""

import torch

z = torch.tensor([-4.0, -1.0, 0.0, 1.0, 4.0], requires_grad=True)
s = z.sigmoid()
s.sum().backward()  # z.grad is the slope at each of the five places
answer = z.grad[2].item()
print(answer)
assert z.grad.max().item() == answer
assert torch.allclose(z.grad, s * (1 - s))
