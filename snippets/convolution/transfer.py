"""Start from a network that learned something else: what helps?"""

import copy

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
torch.manual_seed(0)


def place(images):
    """Put each image of 8 x 8 pixels anywhere on a page of 14 x 14."""
    num_images = len(images)
    # 64-bit: the same result on every processor
    pages = torch.zeros(num_images, 1, 14, 14, dtype=torch.float64)
    for page, image in zip(pages, images, strict=True):
        row, column = torch.randint(7, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def make_network():
    """Return a network with two convolutions."""
    network = nn.Sequential(
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
    ).double()
    for layer in (network[0], network[4], network[-1]):
        layer.reset_parameters()  # new random weights, of 64 bits
    return network


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
is_target = new_y >= 5


def draw_few(num_each=10):
    """Draw a few training images of each of the new digits."""
    few = []
    for digit in range(5, 10):
        of_this_digit = (y == digit).nonzero()[:, 0]
        order = torch.randperm(len(of_this_digit))
        few.append(of_this_digit[order[:num_each]])
    return torch.cat(few)


def score(source, seed, learning_rate=0.01):
    """Learn the source, then the target; return the test accuracies.

    The first is without frozen layers, the second with all but the last.
    """
    torch.manual_seed(seed)
    few = draw_few()
    learned = make_network()
    labels = y[is_source]
    if source == "random labels":
        labels = labels[torch.randperm(len(labels))]
    if source != "nothing":
        train(learned, x[is_source], labels, num_steps=100)

    accuracies = []
    for num_frozen in (0, 6):  # of the ten modules
        network = copy.deepcopy(learned)
        network[:num_frozen].requires_grad_(False)
        network[-1].reset_parameters()  # the new digits need a new one
        train(network, x[few], y[few] - 5, 40, learning_rate)
        share = accuracy(network, new_x[is_target], new_y[is_target] - 5)
        accuracies.append(share)
    return accuracies


result = {}
print("learned before   all layers  last layer")
for source in ("nothing", "digits 0 to 4", "random labels"):
    scores = torch.tensor([score(source, seed) for seed in range(3)])
    result[source] = scores.mean(dim=0).tolist()
    all_layers, last_layer = result[source]
    print(f"{source:15}{all_layers:12.2f}{last_layer:12.2f}")
