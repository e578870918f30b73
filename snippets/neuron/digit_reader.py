"""Our digit reader so far: ten neurons, one for each digit."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

digits = load_digits()
x, labels = digits.test.images.double() / 16, digits.test.labels
moved = torch.stack([x.roll(step, dims) for step in (-1, 1) for dims in (2, 3)])
train = [(digits.train.images.flatten(1).double() / 16, digits.train.labels)]

accuracy = shifted = 0
for seed in range(5):
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, train, optimizer, torch.device("cpu"))
    answers = neurons(x.flatten(1)).argmax(dim=1)  # (359,)
    moved_answers = neurons(moved.flatten(2)).argmax(dim=2)  # (4, 359)
    accuracy += 20 * (answers == labels).double().mean().item()  # 5 x 20 = 100
    shifted += 20 * (moved_answers == labels).double().mean().item()
name = "ten neurons"
print(f"{name:<22}{accuracy:6.1f} %{shifted:6.1f} % moved")
