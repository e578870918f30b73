"""Our digit reader with two layers, without and with an activation."""

import math

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = [(digits.train.images.double() / 16, digits.train.labels)]
images = digits.test.images.double() / 16
labels = digits.test.labels
num_images = len(labels)

for name, between in {"linear": nn.Identity(), "tanh": nn.Tanh()}.items():
    p = 0.0  # share of correct answers, mean of five seeds
    moved_p = 0.0
    for seed in range(5):
        torch.manual_seed(seed)
        hidden = nn.Linear(64, 32)
        output = nn.Linear(32, 10)
        network = nn.Sequential(nn.Flatten(), hidden, between, output).double()
        optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
        for _ in range(60):
            train_epoch(network, train, optimizer, cpu)

        p += evaluate(network, [(images, labels)], cpu)[1] / 5
        for moved in move_four_ways(images):
            moved_p += evaluate(network, [(moved, labels)], cpu)[1] / 20

    name = f"two layers, {name}"
    accuracy = 100 * p
    moved_accuracy = 100 * moved_p
    error = 100 * math.sqrt(p * (1 - p) / num_images)
    moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
    row = f"{name:<22}{accuracy:6.1f}% ± {error:.1f}"
    print(f"{row}{moved_accuracy:7.1f}% ± {moved_error:.1f}")
