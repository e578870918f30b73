"""Our digit reader: ten neurons, thirty steps by each of two optimizers."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways

digits = load_digits()
x = digits.train.images.double() / 16  # (1295, 1, 8, 8)
images = digits.test.images.double() / 16  # (359, 1, 8, 8)
moved_images = move_four_ways(images)  # (4, 359, 1, 8, 8)
num_images = len(images)
rows = {  # the name of the row: its optimizer and learning rate
    "ten neurons, descent": (torch.optim.SGD, 1.0),
    "ten neurons, Adam": (torch.optim.Adam, 0.1),
}


def are_correct(neurons, images):
    """Return 1 for each image that is classified correctly, else 0."""
    predictions = neurons(images).argmax(dim=1)
    return (predictions == digits.test.labels).double()


shares = {}  # for each row: how many of five networks classify an image
for name in rows:
    optimizer_class, rate = rows[name]
    correct = torch.zeros(num_images, dtype=torch.float64)
    moved_correct = torch.zeros(num_images, dtype=torch.float64)
    for seed in range(5):
        torch.manual_seed(seed)
        neurons = nn.Sequential(nn.Flatten(), nn.Linear(64, 10)).double()
        optimizer = optimizer_class(neurons.parameters(), lr=rate)
        for _ in range(30):
            loss = F.cross_entropy(neurons(x), digits.train.labels)
            optimizer.zero_grad()
            loss.backward()  # the gradient of all training images
            optimizer.step()
        correct += are_correct(neurons, images) / 5
        for way in moved_images:
            moved_correct += are_correct(neurons, way) / 20  # 5 seeds, 4 ways

    shares[name] = correct
    p = correct.mean().item()
    moved_p = moved_correct.mean().item()
    accuracy = 100 * p
    moved_accuracy = 100 * moved_p
    error = 100 * math.sqrt(p * (1 - p) / num_images)
    moved_error = 100 * math.sqrt(moved_p * (1 - moved_p) / num_images)
    print(f"{name:<22}{accuracy:6.1f}% ± {error:.1f}", end="")
    print(f"{moved_accuracy:7.1f}% ± {moved_error:.1f}")

# Both rows are about the same images, so their difference is more certain.
gains = shares["ten neurons, Adam"] - shares["ten neurons, descent"]
lead = 100 * gains.mean().item()
lead_error = 100 * (gains.std() / math.sqrt(num_images)).item()
