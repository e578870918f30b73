"""From 64 pixels to 3 numbers and back; the input is the target."""

import torch
from torch import nn

encode, decode = nn.Linear(64, 3), nn.Linear(3, 64)
picture = torch.rand(1, 64)
code = encode(picture)
loss = nn.functional.mse_loss(decode(code), picture)
print(code.numel(), "numbers for", picture.numel(), "pixels")
