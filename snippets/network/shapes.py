"""Follow 32 images through 784-128-10: every shape, every parameter."""

import torch
from torch import nn

network = nn.Sequential(  # the layers in order; each gets the result before
    nn.Flatten(),
    nn.Linear(784, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
x = torch.zeros(32, 1, 28, 28)  # images, channels (1: gray), rows, columns
print(f"{'input':<9}{tuple(x.shape)}")

counts = []
for step in network:
    x = step(x)
    count = 0
    for parameter in step.parameters():
        count += parameter.numel()  # how many numbers it holds
    counts.append(count)
    name = type(step).__name__
    shape = str(tuple(x.shape))
    print(f"{name:<9}{shape:<17}{count:8,}")

total = sum(counts)
num_steps = len(network)
print(f"{'in all':<26}{total:8,}")
