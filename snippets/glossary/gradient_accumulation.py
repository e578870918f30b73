"""Two halves of a batch give the gradient of the whole batch."""

import torch

w = torch.tensor(1.0, requires_grad=True)
inputs = torch.tensor([1.0, 2.0, 3.0, 6.0])

for half in inputs.split(2):
    outputs = w * half
    loss = outputs.mean() / 2  # each half counts half
    loss.backward()  # adds to w.grad

print(w.grad)
print(inputs.mean())  # the derivative of the mean of w * inputs
