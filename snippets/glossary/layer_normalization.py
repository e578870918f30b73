"""Each row gets mean 0 and standard deviation 1."""

import torch

x = torch.tensor([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]])
normalize = torch.nn.LayerNorm(3)  # 3 values in each example
rows = normalize(x).detach()

for row in rows:
    print([f"{value:.2f}" for value in row])
