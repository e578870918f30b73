"""Our digit reader: ten neurons, trained with two losses."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

digits = load_digits()
x = digits.train.images.flatten(1).double() / 16
images = digits.test.images.double() / 16
moved_images = move_four_ways(images)  # (4, images, 1, 8, 8)
labels = digits.test.labels
num_images = len(labels)
one_hot = F.one_hot(digits.train.labels, 10).double()
losses = {
    "squared error": (nn.MSELoss(), one_hot),
    "cross-entropy": (nn.CrossEntropyLoss(), digits.train.labels),
}
for name, (loss_fn, targets) in losses.items():
    p = 0.0  # share of correct answers, mean of five seeds
    moved_p = 0.0
    for seed in range(5):
        torch.manual_seed(seed)
        neurons = nn.Linear(64, 10).double()
        optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
        for _ in range(100):
            loss = loss_fn(neurons(x), targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        answers = neurons(images.flatten(1)).argmax(dim=1)
        moved_answers = neurons(moved_images.flatten(2)).argmax(dim=2)
        p += (answers == labels).double().mean().item() / 5
        moved_p += (moved_answers == labels).double().mean().item() / 5

    name = f"ten, {name}"
    accuracy = 100 * p
    moved_accuracy = 100 * moved_p
    error = 100 * math.sqrt(p * (1 - p) / num_images)
    moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
    row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
    print(f"{row}{moved_accuracy:7.1f}% ± {moved_error:.1f}")
