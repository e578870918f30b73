"""Our digit reader as a network that was not trained, a hundred times."""

import math

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

test = load_digits().test
images = test.images.double() / 16  # (359, 1, 8, 8), from 0 to 1
labels = test.labels
num_images = len(labels)
moved_images = move_four_ways(images)  # (4, 359, 1, 8, 8)
moved_batch = moved_images.flatten(0, 1)  # (4 * 359, 1, 8, 8)
moved_labels = labels.repeat(4)

accuracies = []  # of each network, in percent
moved_accuracies = []
for seed in range(100):
    torch.manual_seed(seed)  # other random weights for each network
    network = nn.Sequential(
        nn.Flatten(),
        nn.Linear(64, 32),
        nn.ReLU(),
        nn.Linear(32, 10),
    ).double()

    is_correct = network(images).argmax(dim=1) == labels
    accuracies.append(100 * is_correct.double().mean().item())
    is_correct = network(moved_batch).argmax(dim=1) == moved_labels
    moved_accuracies.append(100 * is_correct.double().mean().item())

accuracy = sum(accuracies) / 100
moved_accuracy = sum(moved_accuracies) / 100
worst = min(accuracies)
best = max(accuracies)
num_parameters = sum(tensor.numel() for tensor in network.parameters())

p = accuracy / 100
moved_p = moved_accuracy / 100
error = 100 * math.sqrt(p * (1 - p) / num_images)
moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
name = "untrained network"
row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
print(f"{row}{moved_accuracy:7.1f}% ± {moved_error:.1f}")
