"""The loss of a guess between 100 classes, and of a new network."""

import math

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
network = nn.Linear(64, 100)
loss = F.cross_entropy(network(torch.rand(500, 64)), torch.arange(500) % 100)
assert abs(loss.item() - math.log(100)) < 0.2  # small logits, nearly a guess

answer = round(math.log(100), 2)
print(answer)
