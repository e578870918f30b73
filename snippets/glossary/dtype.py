"""Eight bits count from 0 to 255, then start again."""

import torch

pixels = torch.tensor([200], dtype=torch.uint8)
brighter = pixels + 100  # 300 does not fit: 300 - 256
print(brighter)

as_floats = pixels.float()
print(as_floats + 100)
