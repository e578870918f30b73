"""PyTorch slides the kernel as it is; mathematics flips it first."""

import numpy as np
import torch

signal = torch.tensor([1.0, 2.0, 3.0, 4.0])
kernel = torch.tensor([1.0, 0.0, -1.0])

images = signal.view(1, 1, 4)  # one image, one channel, 4 pixels
weights = kernel.view(1, 1, 3)
in_pytorch = torch.conv1d(images, weights)
in_mathematics = np.convolve(signal, kernel, mode="valid")
print(in_pytorch.tolist())
print(in_mathematics.tolist())
