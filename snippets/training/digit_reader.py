"""Our digit reader: two layers, with the best epoch of the validation set."""

import copy
import math

import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
train = digits.train.images.double() / 16, digits.train.labels
validation = digits.validation.images.double() / 16, digits.validation.labels
test_images = digits.test.images.double() / 16  # (359, 1, 8, 8)
moved_images = move_four_ways(test_images)  # (4, 359, 1, 8, 8)
test_labels = digits.test.labels
num_images = len(test_labels)
cpu = torch.device("cpu")
num_seeds = 5


def percent_correct(network, x):
    """Return the test accuracy in percent."""
    _, accuracy = evaluate(network, [(x, test_labels)], cpu)
    return 100 * accuracy


def standard_error(percent):
    """Return the standard error in points, for the number of test images."""
    p = percent / 100
    return 100 * math.sqrt(p * (1 - p) / num_images)


accuracy = 0.0
moved_accuracy = 0.0
for seed in range(num_seeds):
    torch.manual_seed(seed)
    model = MLP(in_features=64, hidden_features=64).double()
    parameters = model.parameters()
    optimizer = torch.optim.AdamW(parameters, lr=0.03, weight_decay=0.3)
    lowest = math.inf
    for _ in range(100):
        train_epoch(model, [train], optimizer, cpu)
        loss, _ = evaluate(model, [validation], cpu)
        if loss < lowest:
            lowest = loss
            best = copy.deepcopy(model)  # stays as it is while training goes on

    accuracy += percent_correct(best, test_images) / num_seeds
    for x in moved_images:  # up, down, left and right
        moved_accuracy += percent_correct(best, x) / 4 / num_seeds

name = "MLP, with validation"
error = standard_error(accuracy)
moved_error = standard_error(moved_accuracy)
print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")
