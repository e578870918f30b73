"""An assumption stands in for training images."""

import matplotlib.pyplot as plt
import torch

from dlcourse.data.digits import load_digits
from dlcourse.data.forms import place_anywhere
from dlcourse.models.cnn import CNN
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()
counts = (60, 240, 960)
num_seeds = 3


def place(split, seed):
    """Return each image at a random place of a page, and the labels."""
    generator = torch.Generator().manual_seed(seed)
    images = split.images[:, 0] / 16  # (batch, 8, 8)
    pages = place_anywhere(images, 12, generator)
    # 64-bit: the same result on every processor
    return pages.unsqueeze(1).double(), split.labels


def accuracy_with(family, num_images, seed, num_steps=80, learning_rate=0.01):
    """Train on the first images; return the test accuracy."""
    x, y = place(digits.train, seed)
    torch.manual_seed(seed)
    network = CNN() if family == "CNN" else MLP(144, 64)
    network.double()
    for layer in network.children():
        layer.reset_parameters()  # new random weights, of 64 bits
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    batches = []
    for _ in range(num_steps):
        chosen = torch.randint(num_images, (60,))
        batches.append((x[chosen], y[chosen]))
    train_epoch(network, batches, optimizer, cpu)
    _, accuracy = evaluate(network, [place(digits.test, seed)], cpu)
    return accuracy


means = {}
plt.figure(figsize=(4.8, 3))
for family, color in (("MLP", "C0"), ("CNN", "C1")):
    rows = []
    for num_images in counts:
        row = [accuracy_with(family, num_images, i) for i in range(num_seeds)]
        rows.append(row)
    accuracies = torch.tensor(rows)  # (counts, seeds)
    mean = accuracies.mean(dim=1)
    errors = accuracies.std(dim=1) / num_seeds**0.5
    means[family] = mean.tolist()
    plt.errorbar(
        counts,
        mean,
        errors,
        color=color,
        marker="o",
        capsize=3,
        label=family,
    )
plt.xscale("log")
plt.xticks(counts, counts)
plt.minorticks_off()
plt.ylim(0, 1)
plt.xlabel("training images")
plt.ylabel("test accuracy")
plt.legend()
plt.show()
