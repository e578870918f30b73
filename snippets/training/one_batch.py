"""Two checks before any long run, with and without a bug."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images[:32].flatten(1).double() / 16  # one mini-batch, (32, 64)
labels = train.labels[:32]

print(f"expected at the start: {math.log(10):.1f}")
for name in ("correct", "with softmax"):
    torch.manual_seed(0)
    layers = [nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)]
    if name == "with softmax":
        layers.append(nn.Softmax(dim=1))  # the bug
    network = nn.Sequential(*layers).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)

    losses = []
    for _ in range(300):
        loss = F.cross_entropy(network(x), labels)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"{name}: start {losses[0]:.1f}, end {losses[-1]:.2f}")

# The lowest loss with a softmax too many: probability 1 for the correct class
# and 0 for the nine others, taken as logits.
floor = -math.log(math.e / (math.e + 9))
