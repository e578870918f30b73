"""A second backward pass adds to the first."""

import torch

w = torch.tensor(3.0, requires_grad=True)

(w**2).backward()
first = w.grad.item()

(w**2).backward()
second = w.grad.item()

w.grad = None  # what optimizer.zero_grad() does for every parameter
(w**2).backward()
third = w.grad.item()

print(first, second, third)
