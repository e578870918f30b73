"""Our digit reader: ten neurons on all images, in one matrix product."""

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
rows = images.flatten(1)  # (359, 64)
moved_rows = move_four_ways(images).flatten(2)  # (4, 359, 64)

p = 0  # share of correct answers, mean of five trainings
moved_p = 0
for seed in range(5):
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, batches, optimizer, torch.device("cpu"))

    W = neurons.weight.detach()  # (10, 64): a row for each neuron
    b = neurons.bias.detach()  # (10,)
    sums = rows @ W.T + b  # (359, 10)
    answers = sums.argmax(dim=1)  # (359,)
    moved_sums = moved_rows @ W.T + b  # (4, 359, 10)
    moved_answers = moved_sums.argmax(dim=2)  # (4, 359)
    p += (answers == labels).double().mean().item() / 5
    moved_p += (moved_answers == labels).double().mean().item() / 5

    for image, answer in zip(rows, answers, strict=True):  # one by one
        ten_sums = []
        for k in range(10):
            weighted = image * W[k]  # (64,)
            ten_sums.append(weighted.sum() + b[k])
        assert ten_sums.index(max(ten_sums)) == answer

accuracy = 100 * p
moved_accuracy = 100 * moved_p
error = 100 * math.sqrt(p * (1 - p) / num_images)
moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
name = "ten as one product"
row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
print(f"{row}{moved_accuracy:7.1f}% ± {moved_error:.1f}")
