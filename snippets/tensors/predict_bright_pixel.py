"""In uint8 the number after 255 is 0."""

import torch

pixel = torch.tensor(250, dtype=torch.uint8)
answer = (pixel + 10).item()
print(answer)
