"""A few images of each digit: a network against ten mean images."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
y = train.labels
new_x = test.images.flatten(1).double() / 16
new_y = test.labels


def score_means(x, y):
    """Give each new image the digit whose mean image is nearest."""
    means = []
    for digit in range(10):
        of_this_digit = x[y == digit]
        means.append(of_this_digit.mean(dim=0))
    distances = torch.cdist(new_x, torch.stack(means))  # (images, 10)
    is_correct = distances.argmin(dim=1) == new_y
    return is_correct.double().mean().item()


def score_network(x, y):
    """Train a new network on these images alone."""
    network = nn.Sequential(
        nn.Linear(64, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(60):
        batches = [(x, y)]  # one batch with all images
        train_epoch(network, batches, optimizer, cpu)
    new_batches = [(new_x, new_y)]
    _, accuracy = evaluate(network, new_batches, cpu)
    return accuracy


print("of each digit   mean images   network")
for num_each in (1, 5, 50):
    by_means = 0.0
    by_network = 0.0
    for seed in range(5):  # five draws of the images
        torch.manual_seed(seed)
        order = torch.randperm(len(y))
        few = []
        for digit in range(10):
            of_this_digit = order[y[order] == digit]
            few.append(of_this_digit[:num_each])
        few = torch.cat(few)
        by_means += score_means(x[few], y[few]) / 5
        by_network += score_network(x[few], y[few]) / 5
    print(f"{num_each:13}{by_means:14.2f}{by_network:10.2f}")
