"""The same digits in four forms: which family of networks reads them best?"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.forms import place_anywhere, put_one_before, to_points
from dlcourse.models.mlp import MLP
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()


class Convolutions(nn.Module):
    """Two convolutions, then the largest value of each map."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 16, kernel_size=3, padding=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, kernel_size=3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.AdaptiveMaxPool2d(1),
            nn.Flatten(),
            nn.Linear(32, 10),
        )

    def forward(self, x):
        """Return the logits of inputs (batch, steps, features)."""
        images = x.unsqueeze(1)  # (batch, 1, steps, features)
        return self.layers(images)


class Recurrent(nn.Module):
    """A GRU that reads row after row; its last state gives the logits."""

    def __init__(self, num_features):
        super().__init__()
        self.gru = nn.GRU(num_features, 48, batch_first=True)
        self.output = nn.Linear(48, 10)

    def forward(self, x):
        """Return the logits of inputs (batch, steps, features)."""
        states, _ = self.gru(x)  # 48 numbers for each step
        return self.output(states[:, -1])


class Attention(nn.Module):
    """Each row reads from all rows, then the largest values of all rows."""

    def __init__(self, num_steps, num_features, has_positions):
        super().__init__()
        self.embedding = nn.Linear(num_features, 32)
        positions = torch.randn(num_steps, 32, dtype=torch.float64)
        self.positions = nn.Parameter(0.1 * positions)
        self.has_positions = has_positions
        self.projection = nn.Linear(32, 3 * 32)
        self.hidden = nn.Linear(32, 64)
        self.back = nn.Linear(64, 32)
        self.output = nn.Linear(32, 10)

    def forward(self, x):
        """Return the logits of inputs (batch, steps, features)."""
        x = self.embedding(x)
        if self.has_positions:
            x = x + self.positions
        x = F.relu(x)  # (batch, steps, 32)
        queries, keys, values = self.projection(x).chunk(3, dim=2)
        x = x + F.scaled_dot_product_attention(queries, keys, values)
        x = x + self.back(F.relu(self.hidden(x)))
        return self.output(x.amax(dim=1))


def make_network(family, num_steps, num_features):
    """Return an untrained network for inputs (batch, steps, features)."""
    if family == "MLP":
        return MLP(num_steps * num_features, 64)
    if family == "CNN":
        return Convolutions()
    if family == "GRU":
        return Recurrent(num_features)
    has_positions = family == "places"
    return Attention(num_steps, num_features, has_positions)


def make_form(form, images, generator):
    """Return images (batch, 8, 8) as (batch, steps, features)."""
    if form == "sequence":
        return put_one_before(images, 24, generator)
    if form == "set":
        return to_points(images, 16, generator)
    pages = place_anywhere(images, 12, generator)
    if form == "shuffled":
        fixed = torch.Generator().manual_seed(1)
        order = torch.randperm(144, generator=fixed)
        pages = pages.flatten(1)[:, order].view(-1, 12, 12)
    return pages


def make_data(form, seed=0):
    """Return inputs and labels for training, validation and test."""
    generator = torch.Generator().manual_seed(seed)
    data = []
    for split in (digits.train, digits.validation, digits.test):
        images = split.images[:, 0] / 16  # from 0 to 1
        x = make_form(form, images, generator)
        # 64-bit: the same result on every processor
        data.append((x.double(), split.labels))
    return data


def train(family, data, learning_rate=0.015, num_epochs=6, seed=0):
    """Return the trained network."""
    x, y = data[0]
    torch.manual_seed(seed)
    network = make_network(family, x.shape[1], x.shape[2]).double()
    for layer in network.modules():
        if hasattr(layer, "reset_parameters"):
            layer.reset_parameters()  # new random weights, of 64 bits
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    for _ in range(num_epochs):
        batches = []
        for chosen in torch.randperm(len(y)).split(64):
            batches.append((x[chosen], y[chosen]))
        train_epoch(network, batches, optimizer, cpu)
    return network


families = ("MLP", "CNN", "GRU", "attention", "places")
accuracies = {}
errors = {}
print("correct ± SE, in percent; places: attention with positions")
print("form     " + "".join(f"{family:>12}" for family in families))
for form in ("image", "shuffled", "sequence", "set"):
    data = make_data(form)
    cells = ""
    for family in families:
        network = train(family, data)
        _, accuracy = evaluate(network, [data[2]], cpu)
        variance = accuracy * (1 - accuracy) / len(data[2][1])
        error = math.sqrt(variance)
        accuracies[form, family] = accuracy
        errors[form, family] = error
        cells += f"{100 * accuracy:6.0f} ± {100 * error:3.1f}"
    print(f"{form:9}{cells}")
