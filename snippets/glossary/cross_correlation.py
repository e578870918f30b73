"""PyTorch slides the array as it is; flipped, it is a convolution."""

import torch
from torch.nn.functional import conv1d

x, edge = torch.tensor([[[1.0, 2, 3, 4]]]), torch.tensor([[[1.0, 0, -1]]])
print(conv1d(x, edge).flatten().tolist())
print(conv1d(x, edge.flip(-1)).flatten().tolist())
