"""Remedies against overfitting, each with its best setting of three."""

import copy
import math

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

digits = load_digits()
images = digits.train.images.double() / 16  # (1295, 1, 8, 8)
labels = digits.train.labels
validation = digits.validation.images.double() / 16, digits.validation.labels
test_images = digits.test.images.double() / 16  # (359, 1, 8, 8)
test_labels = digits.test.labels
cpu = torch.device("cpu")
seeds = range(5)
few = 150  # training images


def train(seed, num_images=few, width=99, weight_decay=0, dropout=0):
    """Return the network of the last epoch and that of the best one."""
    torch.manual_seed(seed)
    chosen = torch.randperm(len(images))[:num_images]
    x = images[chosen]
    y = labels[chosen]
    num_random = num_images // 5  # a fifth of the labels is drawn at random
    y[:num_random] = torch.randint(10, (num_random,))

    network = nn.Sequential(
        nn.Flatten(),
        nn.Linear(64, width),
        nn.ReLU(),
        nn.Dropout(dropout),
        nn.Linear(width, 10),
    ).double()
    adam = torch.optim.AdamW(
        network.parameters(),
        lr=0.02,
        weight_decay=weight_decay,
    )
    lowest = math.inf
    for _ in range(40):
        train_epoch(network, [(x, y)], adam, cpu)
        loss, _ = evaluate(network, [validation], cpu)
        if loss < lowest:
            lowest = loss
            best = copy.deepcopy(network)
    return network, best


def score(networks):
    """Return the mean test accuracy in percent and its standard error."""
    rows = []
    for network in networks:
        network.eval()
        classes = network(test_images).argmax(dim=1)
        rows.append(classes == test_labels)
    is_correct = torch.stack(rows).double()  # (5, 359)
    of_images = is_correct.mean(dim=0)
    of_seeds = is_correct.mean(dim=1)
    error_images = of_images.std() / math.sqrt(len(of_images))
    error_seeds = of_seeds.std() / math.sqrt(len(of_seeds))
    error = math.hypot(error_images, error_seeds)  # both together
    return 100 * is_correct.mean().item(), 100 * error


tried = {
    "nothing": [{}],
    "weight decay": [{"weight_decay": value} for value in (1, 5, 25)],
    "dropout": [{"dropout": share} for share in (0.2, 0.5, 0.8)],
    "fewer units": [{"width": width} for width in (2, 8, 32)],
    "more images": [{"num_images": 5 * few}],
}
table = {}
print("                     last epoch  best epoch")
for name, settings in tried.items():
    highest = 0.0
    for setting in settings:
        last = []
        best = []
        validation_accuracy = 0.0
        for seed in seeds:
            network, best_network = train(seed, **setting)
            last.append(network)
            best.append(best_network)
            _, accuracy = evaluate(network, [validation], cpu)
            validation_accuracy += accuracy
        if validation_accuracy > highest:  # the validation set chooses
            highest = validation_accuracy
            chosen = "".join(map(str, setting.values()))
            table[name] = score(last), score(best)

    (end, end_error), (early, early_error) = table[name]
    print(f"{name:14}{chosen:>5}", end="")
    print(f"{end:7.0f}% ± {end_error:.0f}{early:7.0f}% ± {early_error:.0f}")
