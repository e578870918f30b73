"""Each layer of two ReLU units doubles the number of straight pieces."""

import torch

x = torch.linspace(0, 1, 2**14 + 1).double()
y = x
for num_layers in range(1, 11):
    up = 2 * y.relu()
    down = 4 * (y - 0.5).relu()
    y = up - down  # rises from 0 to 1, then falls back to 0

    slopes = y.diff()
    num_changes = (slopes[1:] != slopes[:-1]).sum().item()
    pieces = num_changes + 1
    if num_layers in (1, 2, 3, 10):
        num_units = 2 * num_layers
        print(f"{num_layers:2} layers, {num_units:2} units: {pieces:4} pieces")
