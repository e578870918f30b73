"""Start from a network that learned something else: what helps?"""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
torch.manual_seed(0)


def place(images):
    """Put each image of 8 x 8 pixels anywhere on a page of 14 x 14."""
    num_images = len(images)
    pages = torch.zeros(num_images, 1, 14, 14)
    for page, image in zip(pages, images, strict=True):
        row, column = torch.randint(7, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def make_network():
    """Return a network with two convolutions."""
    return nn.Sequential(
        nn.Conv2d(1, 16, kernel_size=3, padding=1),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, kernel_size=3, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),  # the largest value of each map
        nn.Flatten(),
        nn.Linear(32, 5),
    )


def train(network, x, y, num_steps, learning_rate=0.01):
    """Take steps with 50 random images each; frozen weights stay."""
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    for _ in range(num_steps):
        chosen = torch.randperm(len(y))[:50]
        loss = F.cross_entropy(network(x[chosen]), y[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def accuracy(network, x, y):
    """Return the correct share of some images."""
    network.eval()
    is_correct = network(x).argmax(dim=1) == y
    return is_correct.float().mean().item()


x = place(digits.train.images)
y = digits.train.labels
new_x = place(digits.test.images)
new_y = digits.test.labels
is_source = y < 5  # the source learns 0 to 4, the target 5 to 9
source_x = x[is_source]
source_y = y[is_source]
random_y = source_y[torch.randperm(len(source_y))]
sources = {
    "nothing": None,
    "digits 0 to 4": source_y,
    "the same, random labels": random_y,
}
few = []
for digit in range(5, 10):
    of_this_digit = (y == digit).nonzero()[:, 0]
    few.append(of_this_digit[:10])
few = torch.cat(few)  # ten images of each of the new digits
is_target = new_y >= 5

result = {}
print("learned before           all layers  last layer")
for name, labels in sources.items():
    torch.manual_seed(0)
    begun = make_network()
    if labels is not None:
        train(begun, source_x, labels, num_steps=100)
    row = f"{name:24}"
    for num_frozen in (0, 6):  # of the ten modules
        network = make_network()
        network.load_state_dict(begun.state_dict())
        network[:num_frozen].requires_grad_(False)
        network.train()
        network[-1].reset_parameters()  # the new digits need a new one
        train(network, x[few], y[few] - 5, num_steps=40)
        share = accuracy(network, new_x[is_target], new_y[is_target] - 5)
        result[name, num_frozen] = share
        row += f"{share:12.2f}"
    print(row)
