"""Two copies of a network, half a batch each, take the step of one."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
alone = nn.Linear(6, 3).double()
copies = [copy.deepcopy(alone), copy.deepcopy(alone)]
inputs = torch.randn(32, 6, dtype=torch.float64)
labels = torch.randint(3, (32,))

F.cross_entropy(alone(inputs), labels).backward()
torch.optim.SGD(alone.parameters(), lr=0.1).step()

for rank, network in enumerate(copies):
    own_inputs = inputs[rank::2]  # every second example
    own_labels = labels[rank::2]
    F.cross_entropy(network(own_inputs), own_labels).backward()

for name in ("weight", "bias"):
    parameters = [getattr(network, name) for network in copies]
    mean = (parameters[0].grad + parameters[1].grad) / 2
    for parameter in parameters:
        parameter.grad = mean.clone()  # all-reduce: both get the mean

for network in copies:
    torch.optim.SGD(network.parameters(), lr=0.1).step()

gap = (copies[0].weight - alone.weight).abs().max().item()
is_same = torch.equal(copies[0].weight, copies[1].weight)
print("both copies have the same weights:", is_same)
print(f"largest difference from one process: {gap:.6f}")
