"""Train on a hundred pictures, and on: what it does to new ones."""

import torch
from torch.nn.functional import cross_entropy

from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP

train, held = load_digits().train, load_digits().validation
old, new = train.images.double() / 16, held.images.double() / 16
rows = {40: torch.zeros(4), 200: torch.zeros(4)}  # means of five seeds
for seed in range(5):
    torch.manual_seed(seed)
    few = torch.randperm(len(old))[:100]
    network = MLP(in_features=64, hidden_features=64).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(1, 201):
        optimizer.zero_grad()
        old_loss = cross_entropy(network(old[few]), train.labels[few])
        old_loss.backward()
        optimizer.step()
        if step in rows:
            p, guesses = network(new).softmax(dim=1).max(dim=1)
            new_loss = cross_entropy(network(new), held.labels)
            right = (guesses == held.labels).double().mean()
            row = old_loss, new_loss, p.mean(), right
            rows[step] += torch.stack(row).detach() / 5
print("steps  old loss  new loss  sure  right")
for step, row in rows.items():
    print("{:5}{:10.3f}{:10.2f}{:6.0%}{:7.0%}".format(step, *row))
