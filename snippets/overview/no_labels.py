"""A network learns to fill in the lower half of a digit. No label is read."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
train = digits.train.images.flatten(1).float() / 16  # (pictures, 64)
test = digits.test.images.flatten(1).float() / 16  # (test, 64)
upper, lower = train[:, :32], train[:, 32:]  # input and target

network = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 32))
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(100):
    loss = nn.functional.mse_loss(network(upper), lower)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

guess = lower.mean(dim=0)  # the same for every picture
guess_error = ((test[:, 32:] - guess) ** 2).mean().item()
network_error = ((test[:, 32:] - network(test[:, :32])) ** 2).mean().item()
share = network_error / guess_error
print(f"error: {share:.1f} of that of a guess that ignores the upper half")
assert share < 0.75
