"""The same images, moved or with mixed pixels: which network wins?"""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()


def place(images, is_moved):
    """Put each image of 8 x 8 pixels on a page of 12 x 12."""
    num_images = len(images)
    pages = torch.zeros(num_images, 1, 12, 12)
    for page, image in zip(pages, images, strict=True):
        row = 2
        column = 2
        if is_moved:
            row, column = torch.randint(5, (2,)).tolist()
        page[:, row : row + 8, column : column + 8] = image / 16
    return pages


def make_mlp():
    """Return a network with one hidden layer."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(12 * 12, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )


def make_cnn():
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
        nn.Linear(32, 10),
    )


def train(make_network, data, learning_rate=0.01, num_epochs=5):
    """Return the validation and the test accuracy."""
    torch.manual_seed(0)
    network = make_network()
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    x, y = data[0]
    for _ in range(num_epochs):
        batches = []
        for i in torch.randperm(len(y)).split(64):
            batches.append((x[i], y[i]))
        train_epoch(network, batches, optimizer, cpu)
    _, validation_accuracy = evaluate(network, [data[1]], cpu)
    _, accuracy = evaluate(network, [data[2]], cpu)
    return validation_accuracy, accuracy


torch.manual_seed(0)
order = torch.randperm(12 * 12)
accuracies = {}
print("                 MLP   CNN")
for name in ("centered", "moved", "moved, mixed"):
    data = []
    for split in (digits.train, digits.validation, digits.test):
        pages = place(split.images, is_moved=name != "centered")
        if name == "moved, mixed":
            rows = pages.flatten(1)  # 144 values a row
            pages = rows[:, order].reshape(-1, 1, 12, 12)
        data.append((pages, split.labels))
    _, mlp = train(make_mlp, data)
    _, cnn = train(make_cnn, data)
    accuracies[name] = mlp, cnn
    print(f"{name:14}{mlp:6.2f}{cnn:6.2f}")
