"""A sigmoid behind the last layer cannot output a price."""

import torch

z = torch.tensor(250.0)
answer = f"{z.sigmoid().item():.1f}"
print(answer)
