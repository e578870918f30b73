"""Follow 32 pictures through 784-128-10: every shape, every parameter."""

import torch
from torch import nn

network = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
x = torch.zeros(32, 1, 28, 28)  # 32 gray pictures, 28 rows of 28 pixels
print(f"{'input':<9}{tuple(x.shape)}")
counts = []
for step in network:
    x = step(x)
    counts.append(sum(parameter.numel() for parameter in step.parameters()))
    print(f"{type(step).__name__:<9}{tuple(x.shape)!s:<17}{counts[-1]:8,}")
total, num_steps = sum(counts), len(network)
print(f"{'in all':<26}{total:8,}")
