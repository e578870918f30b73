"""He's initialization: a standard deviation of sqrt(2 / inputs)."""

import torch

torch.manual_seed(0)
weights = torch.empty(1000, 200)  # 1000 units with 200 inputs each
torch.nn.init.kaiming_normal_(weights, nonlinearity="relu")

expected = (2 / 200) ** 0.5
print(f"{weights.std():.2f}, expected {expected:.2f}")
