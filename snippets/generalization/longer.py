"""Two hidden units, trained ten times as long, and sixteen units."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images.flatten(1).double() / 16  # (1295, 64)
labels = digits.train.labels

losses = {}
for width, num_epochs in ((2, 1000), (16, 100)):
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Linear(64, width),
        nn.Tanh(),
        nn.Linear(width, 10),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
    for epoch in range(1, num_epochs + 1):
        loss = F.cross_entropy(network(images), labels)
        losses[width, epoch] = loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

for width, epoch in ((2, 100), (2, 300), (2, 1000), (16, 100)):
    loss = losses[width, epoch]
    print(f"{width:2} units, epoch {epoch:4}: training loss {loss:.1f}")
