"""Deeper and deeper, without and with residual connections."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images[:50].double() / 16  # (50, 1, 8, 8)
labels = train.labels[:50]
dtype = torch.float64  # 64-bit: the same result on every processor


class Deep(nn.Module):
    """Convolutions of 8 channels, with normalization, in a row.

    kept: 1 with residual connections, 0 without.
    """

    def __init__(self, depth, kept):
        super().__init__()
        self.kept = kept
        self.first = nn.Conv2d(1, 8, kernel_size=3, padding=1, dtype=dtype)
        self.layers = nn.ModuleList()
        for _ in range(depth):
            convolution = nn.Conv2d(
                8,
                8,
                kernel_size=3,
                padding=1,
                dtype=dtype,
            )
            norm = nn.BatchNorm2d(8, dtype=dtype)
            layer = nn.Sequential(convolution, norm, nn.ReLU())
            self.layers.append(layer)
        self.output = nn.Linear(8 * 4 * 4, 10, dtype=dtype)

    def forward(self, images):
        """Return the logits."""
        h = F.max_pool2d(self.first(images), 2)  # (batch, 8, 4, 4)
        for layer in self.layers:
            h = self.kept * h + layer(h)
        return self.output(h.flatten(1))


def train_accuracy(depth, kept, learning_rate=0.001, seed=0):
    """Train for 30 steps; return the correct share of the 50 images."""
    torch.manual_seed(seed)
    network = Deep(depth, kept)
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    for _ in range(30):
        loss = F.cross_entropy(network(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    is_correct = network(x).argmax(dim=1) == labels
    return is_correct.double().mean().item()


print("layers   plain  residual")
accuracy = {}
for depth in (5, 40):
    plain = train_accuracy(depth, kept=0)
    residual = train_accuracy(depth, kept=1)
    accuracy[depth] = plain, residual
    print(f"{depth:6}{plain:8.0%}{residual:10.0%}")
