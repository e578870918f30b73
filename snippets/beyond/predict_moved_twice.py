"""How many outputs of a CNN change when a pattern is moved by two pixels."""

import torch
from torch import nn

torch.manual_seed(0)
layers = nn.Sequential(
    nn.Conv2d(1, 16, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(16, 32, kernel_size=3, padding=1),
    nn.AdaptiveMaxPool2d(1),
    nn.Flatten(),
)
page = torch.zeros(1, 1, 24, 24)
page[0, 0, 8:16, 8:16] = torch.rand(8, 8)
before = layers(page)  # (1, 32)
after = layers(page.roll(2, dims=3))
is_changed = (after - before).abs() > 1e-5
answer = is_changed.sum().item()
print(answer)
