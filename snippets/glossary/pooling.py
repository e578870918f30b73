"""Each pair of neighbors is replaced by the larger one."""

import torch
import torch.nn.functional as F

row = torch.tensor([[3.0, 1.0, 4.0, 1.0, 5.0, 9.0]])
pooled = F.max_pool1d(row, kernel_size=2)
print(pooled)
