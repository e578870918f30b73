"""Without zero_grad, the slopes of two calls are added."""

import torch

w = torch.tensor(3.0, requires_grad=True)
for _ in range(2):
    loss = w**2
    loss.backward()
answer = w.grad.item()
print(answer)
