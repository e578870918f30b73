"""A second backward pass adds to the first: 6, then 12; 6 is correct."""

import torch

w = torch.tensor(3.0, requires_grad=True)
for _ in range(2):
    loss = w**2
    loss.backward()
    print(w.grad)
