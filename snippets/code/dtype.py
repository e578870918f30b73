"""How exact a number is depends on its dtype."""

import torch

third = torch.tensor(1 / 3)
exact = torch.tensor(1 / 3, dtype=torch.float64)
print(f"{third.item():.20f}", third.dtype)
print(f"{exact.item():.20f}", exact.dtype)

whole = torch.uint8  # whole numbers from 0 to 255
pixels = torch.tensor([0, 4, 16], dtype=whole)
inputs = pixels.double() / 16  # float64, from 0 to 1
print(inputs)
