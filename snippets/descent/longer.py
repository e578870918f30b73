"""The same ten neurons after 30, 300 and 1,500 steps."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x = digits.train.images.flatten(1).double() / 16  # (1295, 64)
images = digits.test.images.flatten(1).double() / 16  # (359, 64)
num_images = len(images)


def train(optimizer_class, rate):
    """Return which images are classified correctly, by number of steps."""
    correct = {}
    torch.manual_seed(0)
    neurons = nn.Linear(64, 10).double()
    optimizer = optimizer_class(neurons.parameters(), lr=rate)
    for step in range(1, 1501):
        loss = F.cross_entropy(neurons(x), digits.train.labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step in (30, 300, 1500):
            predictions = neurons(images).argmax(dim=1)
            correct[step] = predictions == digits.test.labels
    return correct


descent = train(torch.optim.SGD, rate=1.0)
adam = train(torch.optim.Adam, rate=0.1)
leads = {}
for step in adam:
    adam_wins = adam[step].double()
    descent_wins = descent[step].double()
    gains = adam_wins - descent_wins  # for each image 1, 0 or -1
    leads[step] = 100 * gains.mean().item()
    spread = gains.std().item()
    error = 100 * spread / num_images**0.5
    print(f"{step:4} steps: Adam leads by {leads[step]:.1f} ", end="")
    print(f"± {error:.1f} points")
