"""Our digit reader as a network that nobody has trained, a hundred times."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

test = load_digits().test
pictures = test.images.double() / 16  # (359, 1, 8, 8), from 0 to 1
ways = ((-1, 2), (-1, 3), (1, 2), (1, 3))  # up, left, down, right
moved = [pictures.roll(step, axis) for step, axis in ways]

rows = []  # for each network: percent right, the same for shifted pictures
for seed in range(100):
    torch.manual_seed(seed)
    layers = [nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)]
    network = nn.Sequential(*layers).double()
    hits = [network(x).argmax(dim=1) == test.labels for x in (pictures, *moved)]
    scores = [100 * hit.double().mean().item() for hit in hits]
    rows.append((scores[0], sum(scores[1:]) / 4))
accuracy, shifted = (sum(column) / 100 for column in zip(*rows, strict=True))
worst, best = min(rows)[0], max(rows)[0]
name = "untrained network"
print(f"{name:<22}{accuracy:6.1f} %{shifted:6.1f} % moved")
num_parameters = sum(parameter.numel() for parameter in network.parameters())
