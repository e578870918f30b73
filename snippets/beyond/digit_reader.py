"""Our digit reader: an MLP that reads images centered on their ink."""

import math

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
cpu = torch.device("cpu")
num_images = len(digits.test)
num_seeds = 3
numbers = torch.arange(8.0)


def center(images):
    """Return pages of 12 x 12 with the middle of the ink in their middle."""
    pages = torch.zeros(len(images), 1, 12, 12)
    for page, image in zip(pages, images[:, 0] / 16, strict=True):
        ink = image.sum()
        row = (image.sum(dim=1) * numbers).sum() / ink  # from 0 to 7
        column = (image.sum(dim=0) * numbers).sum() / ink
        top = round(5.5 - row.item())
        left = round(5.5 - column.item())
        top = min(max(top, 0), 4)
        left = min(max(left, 0), 4)
        page[0, top : top + 8, left : left + 8] = image
    return pages


def percent_correct(network, pages):
    """Return the test accuracy in percent."""
    _, accuracy = evaluate(network, [(pages, digits.test.labels)], cpu)
    return 100 * accuracy


def standard_error(percent):
    """Return the standard error in points, for the number of test images."""
    p = percent / 100
    return 100 * math.sqrt(p * (1 - p) / num_images)


x = center(digits.train.images)
test_pages = center(digits.test.images)
moved_pages = []
for images in move_four_ways(digits.test.images):  # up, down, left and right
    moved_pages.append(center(images))
accuracy = 0.0
moved_accuracy = 0.0
for seed in range(num_seeds):
    torch.manual_seed(seed)
    network = MLP(144, 64)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.005)
    for _ in range(10):
        batches = []
        for chosen in torch.randperm(len(x)).split(64):
            batches.append((x[chosen], digits.train.labels[chosen]))
        train_epoch(network, batches, optimizer, cpu)
    accuracy += percent_correct(network, test_pages) / num_seeds
    for pages in moved_pages:
        moved_accuracy += percent_correct(network, pages) / 4 / num_seeds

error = standard_error(accuracy)
moved_error = standard_error(moved_accuracy)
name = "MLP, ink centered"
print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
