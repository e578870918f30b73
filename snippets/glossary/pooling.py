"""Each pair of neighbors is replaced by the larger one."""

import torch

row = torch.tensor([[3.0, 1.0, 4.0, 1.0, 5.0, 9.0]])
print(torch.nn.functional.max_pool1d(row, kernel_size=2))
