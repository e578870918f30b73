"""PyTorch's conv1d slides the kernel as it is; the convolution of mathematics turns it round first."""

import numpy as np
import torch

signal, kernel = [1.0, 2.0, 3.0, 4.0], [1.0, 0.0, -1.0]
print(torch.conv1d(torch.tensor([[signal]]), torch.tensor([[kernel]])).tolist())
print(np.convolve(signal, kernel, mode="valid").tolist())
