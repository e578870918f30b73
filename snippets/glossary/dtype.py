"""Eight bits count from 0 to 255, then start again."""

import torch

pixels = torch.tensor([200], dtype=torch.uint8)
print((pixels + 100).item(), (pixels.float() + 100).item())
