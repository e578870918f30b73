"""The same two networks, tested on other images and on other writers."""

import math
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data import digits
from dlcourse.data.idx import read_idx

# The digits in the order of their files: one writer after the other.
folder = Path(digits.__file__).parent
image_file = folder / "digits-images-idx3-ubyte.gz"
label_file = folder / "digits-labels-idx1-ubyte.gz"
images = read_idx(image_file, dimensions=3, remedy=digits.REMEDY)
labels = read_idx(label_file, dimensions=1, remedy=digits.REMEDY).long()
images = images.flatten(1).double() / 16  # (1797, 64)


def train(network, chosen):
    """Train on the chosen images."""
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(100):
        loss = F.cross_entropy(network(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


torch.manual_seed(0)
orders = {
    "any images": torch.randperm(len(images)),  # shuffled: the usual split
    "other writers": torch.arange(len(images)),  # in the order of the files
}
errors = {}
print("                           correct     worst fifth")
for kind in ("ten neurons", "two layers"):
    for name, order in orders.items():
        fifths = order.chunk(5)
        accuracies = []
        for number, test in enumerate(fifths):
            rest = torch.cat(fifths[:number] + fifths[number + 1 :])
            network = nn.Linear(64, 10)
            if kind == "two layers":
                layers = [nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)]
                network = nn.Sequential(*layers)
            network = network.double()
            train(network, rest)
            is_correct = network(images[test]).argmax(dim=1) == labels[test]
            accuracies.append(is_correct.double().mean().item())
        p = sum(accuracies) / 5
        error = 100 * math.sqrt(p * (1 - p) / len(images))
        errors[kind, name] = 100 * (1 - p)
        row = f"{kind}, {name}"
        print(f"{row:26}{100 * p:5.1f}% ± {error:.1f}", end="")
        print(f"{100 * min(accuracies):11.1f}%")
