"""PyTorch computes all slopes at once: the gradient."""

import torch

parameters = torch.tensor([1.5, 0.5], requires_grad=True)
w, b = parameters
prediction = w * 2 + b
loss = (prediction - 1) ** 2
loss.backward()
print(parameters.grad)
