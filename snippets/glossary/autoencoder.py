"""From 64 pixels to 3 numbers and back; the input is the target."""

import torch
from torch import nn

encoder = nn.Linear(64, 3)
decoder = nn.Linear(3, 64)

image = torch.rand(1, 64)
code = encoder(image)
output = decoder(code)
loss = nn.functional.mse_loss(output, image)  # no label is needed
print(code.numel(), "numbers for", image.numel(), "pixels")
