"""Softmax twice: the loss can never come near 0."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16
cross_entropy = F.cross_entropy

perfect = 1000 * torch.eye(10).double()  # ten images, each surely correct
classes = torch.arange(10)
once = cross_entropy(perfect, classes)
twice = cross_entropy(perfect.softmax(dim=1), classes)
print(f"perfect answers: {once:.4f}, with a second softmax {twice:.4f}")
assert math.isclose(twice, math.log(math.e + 9) - 1)

for extra in (nn.Identity(), nn.Softmax(dim=1)):
    shares = []
    for seed in range(5):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(64, 10), extra).double()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        for _ in range(50):
            loss = cross_entropy(model(x), train.labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        is_correct = model(x).argmax(dim=1) == train.labels
        shares.append(is_correct.double().mean().item())
    name = type(extra).__name__
    print(f"{name:9}{min(shares):.0%} to {max(shares):.0%} correct")
