"""PyTorch slides the kernel as it is; mathematics flips it first."""

import torch

signal = torch.tensor([[[1.0, 2.0, 3.0, 4.0]]])
kernel = torch.tensor([[[1.0, 0.0, -1.0]]])

print(torch.conv1d(signal, kernel).tolist())
print(torch.conv1d(signal, kernel.flip(2)).tolist())
