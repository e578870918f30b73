"""The training loss at seven learning rates, with and without normalization."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16
rates = (0.001, 0.01, 0.1, 0.3, 1, 3, 10)


def find_losses(learning_rate, is_normalized, seed=0):
    """Return the loss of each of 150 steps with three hidden layers."""
    torch.manual_seed(seed)
    layers = []
    for _ in range(3):
        layers.append(nn.Linear(64, 64))
        if is_normalized:
            layers.append(nn.BatchNorm1d(64))
        layers.append(nn.ReLU())
    network = nn.Sequential(*layers, nn.Linear(64, 10)).double()
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for _ in range(150):
        picked = torch.randint(len(x), (64,))
        logits = network(x[picked])
        loss = F.cross_entropy(logits, train.labels[picked])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


last_losses = {False: [], True: []}
for rate in rates:
    figure, axes = plt.subplots(figsize=(3.6, 2.6))
    for is_normalized, label in ((False, "without"), (True, "normalized")):
        losses = find_losses(rate, is_normalized)
        last_losses[is_normalized].append(sum(losses[-20:]) / 20)
        axes.semilogy(losses, label=label, linewidth=1.5)
    axes.axhline(2.3, color="black", linewidth=0.8, linestyle=":")  # log 10
    axes.set(ylim=(0.003, 300), xlabel="step", ylabel="training loss")
    axes.legend(ncols=2, loc="upper center", fontsize=9)
    print(f"learning rate {rate}: at the end the loss is", end=" ")
    print(f"{last_losses[False][-1]:.2f} without,", end=" ")
    print(f"{last_losses[True][-1]:.2f} with batch normalization")
plt.show()
