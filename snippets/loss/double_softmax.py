"""Softmax twice: the loss can never come near 0."""

import math

import torch
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x, labels = train.images.flatten(1).double() / 16, train.labels
loss = nn.functional.cross_entropy

perfect, classes = 1000 * torch.eye(10).double(), torch.arange(10)
once, twice = loss(perfect, classes), loss(perfect.softmax(dim=1), classes)
print(f"perfect answers: {once:.4f}, with a second softmax {twice:.4f}")
assert math.isclose(twice, math.log(math.e + 9) - 1)

for extra in (nn.Identity(), nn.Softmax(dim=1)):
    right = []
    for seed in range(5):
        torch.manual_seed(seed)
        model = nn.Sequential(nn.Linear(64, 10), extra).double()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        for _ in range(50):
            optimizer.zero_grad()
            loss(model(x), labels).backward()
            optimizer.step()
        right.append((model(x).argmax(dim=1) == labels).double().mean())
    print(f"{type(extra).__name__:9}{min(right):.0%} to {max(right):.0%} right")
