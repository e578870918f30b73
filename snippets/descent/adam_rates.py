"""Adam with three learning rates, five networks each."""

import math

import torch
import torch.nn.functional as F

from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP

train = load_digits().train
x = train.images.double() / 16  # (1295, 1, 8, 8)

guess = math.log(10)  # the loss of "every digit is equally likely"
for rate in (1e-5, 1e-2, 10):
    losses = []
    for seed in range(5):
        torch.manual_seed(seed)
        network = MLP(in_features=64, hidden_features=32).double()
        optimizer = torch.optim.Adam(network.parameters(), lr=rate)
        for _ in range(20):
            loss = F.cross_entropy(network(x), train.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(loss.item() / guess)
    print(f"learning rate {rate:g}: ", end="")
    print(f"{min(losses):.2f} to {max(losses):.2f} times the loss of a guess")
