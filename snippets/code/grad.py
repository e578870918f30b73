"""Where PyTorch keeps a slope, and how to calculate without keeping track."""

import torch

w = torch.tensor(3.0, requires_grad=True)
loss = w**2
loss.backward()
print(w.grad)

with torch.no_grad():  # this step is not part of the next loss
    w -= 0.25 * w.grad
print(w)

print(w.detach())  # the same number, without the track
print(w.item())  # a plain Python number
