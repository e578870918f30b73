"""PyTorch slides the array as it is; flipped, it is a convolution."""

import torch

x = torch.tensor([[[1.0, 2.0, 3.0, 4.0]]])
edge = torch.tensor([[[1.0, 0.0, -1.0]]])
flipped = edge.flip(-1)  # along the last axis

print(torch.conv1d(x, edge).tolist())
print(torch.conv1d(x, flipped).tolist())
