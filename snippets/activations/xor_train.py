"""Weights for XOR exist from two hidden units on. Does training find them?"""

import torch
import torch.nn.functional as F
from torch import nn

x = torch.cartesian_prod(torch.arange(2.0), torch.arange(2.0))  # (4, 2)
y = (x[:, :1] != x[:, 1:]).float()  # (4, 1): 0, 1, 1, 0


def learns_xor(num_hidden, seed):
    """Train one network; tell whether all four answers are correct."""
    torch.manual_seed(seed)
    hidden = nn.Linear(2, num_hidden)
    output = nn.Linear(num_hidden, 1)
    network = nn.Sequential(hidden, nn.ReLU(), output)
    optimizer = torch.optim.SGD(network.parameters(), lr=1.0)
    for _ in range(200):
        loss = F.binary_cross_entropy_with_logits(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    answers = (network(x) > 0).float()  # a logit above 0 means yes
    return torch.equal(answers, y)


solved = {}
for num_hidden in (2, 4, 16):
    successes = [learns_xor(num_hidden, seed) for seed in range(20)]
    solved[num_hidden] = sum(successes)
    print(f"{num_hidden:2} hidden units: {solved[num_hidden]:2} of 20 starts")
