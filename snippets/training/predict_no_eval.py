"""Count the different outputs of a network with dropout."""

import torch
from torch import nn

torch.manual_seed(0)
network = nn.Sequential(nn.Dropout(0.5), nn.Linear(1000, 1))
image = torch.rand(1, 1000)

with torch.no_grad():
    outputs = {network(image).item() for _ in range(10)}
    network.eval()
    evaluated = {network(image).item() for _ in range(10)}
assert len(evaluated) == 1

answer = len(outputs)
print(answer)
