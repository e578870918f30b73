"""PyTorch slides the kernel as it is; mathematics turns it round first."""

import numpy as np
import torch

signal = torch.tensor([1.0, 2.0, 3.0, 4.0])
kernel = torch.tensor([1.0, 0.0, -1.0])
print(torch.conv1d(signal.view(1, 1, 4), kernel.view(1, 1, 3)).tolist())
print(np.convolve(signal, kernel, mode="valid").tolist())
