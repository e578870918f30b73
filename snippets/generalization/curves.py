"""Six learning curves: three sizes of network, two sets of training data."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
images = digits.train.images.flatten(1).double() / 16  # (1295, 64)
labels = digits.train.labels
new_images = digits.validation.images.flatten(1).double() / 16  # (143, 64)
new_labels = digits.validation.labels

torch.manual_seed(0)
few_labels = labels[:150].clone()
few_labels[:30] = torch.randint(10, (30,))  # a fifth drawn at random
data = {
    "1,295 images": (images, labels),
    "150 images,\na fifth relabeled": (images[:150], few_labels),
}

widths = (2, 16, 128)  # hidden units
epochs = (1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100, 150, 200, 300)  # to draw


def train(width, x, y):
    """Return the training and the validation losses at the epochs to draw."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Linear(64, width),
        nn.Tanh(),
        nn.Linear(width, 10),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
    training_losses = []
    validation_losses = []
    for epoch in range(1, epochs[-1] + 1):
        loss = F.cross_entropy(network(x), y)  # all images in one batch
        if epoch in epochs:
            with torch.no_grad():
                new_loss = F.cross_entropy(network(new_images), new_labels)
            training_losses.append(loss.item())
            validation_losses.append(new_loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return training_losses, validation_losses


curves = {}
figure, panels = plt.subplots(
    nrows=3,
    ncols=2,
    figsize=(4.8, 5.6),
    sharex=True,
    sharey=True,
)
for row, width in enumerate(widths):
    for column, (name, (x, y)) in enumerate(data.items()):
        training_losses, validation_losses = train(width, x, y)
        curves[width, name] = training_losses, validation_losses
        axes = panels[row, column]
        axes.semilogx(epochs, training_losses, "C0", label="training")
        axes.semilogx(epochs, validation_losses, "C1--", label="validation")
        axes.set_ylim(0, 3)
        panels[0, column].set_title(name, fontsize=11)
    panels[row, 0].set_ylabel(f"{width} units: loss")
panels[2, 0].set_xlabel("epoch")
panels[2, 1].set_xlabel("epoch")
panels[1, 0].legend()
plt.show()
