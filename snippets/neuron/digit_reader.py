"""Our digit reader so far: ten neurons, one for each digit."""

import math

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.training.loop import train_epoch

digits = load_digits()
train_rows = digits.train.images.flatten(1).double() / 16  # (1295, 64)
batches = [(train_rows, digits.train.labels)]  # all images are one batch

images = digits.test.images.double() / 16  # (359, 1, 8, 8), from 0 to 1
labels = digits.test.labels
num_images = len(labels)
rows = images.flatten(1)  # (359, 64): the 8 rows of an image end to end
moved_rows = move_four_ways(images).flatten(2)  # (4, 359, 64)

p = 0  # share of correct answers, mean of five trainings
moved_p = 0
for seed in range(5):
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()  # ten neurons with 64 inputs each
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, batches, optimizer, torch.device("cpu"))

    answers = neurons(rows).argmax(dim=1)  # (359,): the largest of ten sums
    moved_answers = neurons(moved_rows).argmax(dim=2)  # (4, 359)
    p += (answers == labels).double().mean().item() / 5
    moved_p += (moved_answers == labels).double().mean().item() / 5

accuracy = 100 * p
moved_accuracy = 100 * moved_p
error = 100 * math.sqrt(p * (1 - p) / num_images)
moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
name = "ten neurons"
row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
print(f"{row}{moved_accuracy:7.1f}% ± {moved_error:.1f}")
