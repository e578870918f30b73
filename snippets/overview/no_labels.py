"""A network learns to fill in the lower half of a digit. No label is used."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
train = digits.train.images.flatten(1).float() / 16  # (images, 64)
test = digits.test.images.flatten(1).float() / 16
upper = train[:, :32]  # the input: the first 32 pixels of each image
lower = train[:, 32:]  # the correct answer: the other 32

network = nn.Sequential(
    nn.Linear(32, 64),
    nn.ReLU(),
    nn.Linear(64, 32),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(100):
    loss = nn.functional.mse_loss(network(upper), lower)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

new_upper = test[:, :32]
new_lower = test[:, 32:]
guess = lower.mean(dim=0)  # the same for every image
guess_error = ((new_lower - guess) ** 2).mean().item()
network_error = ((new_lower - network(new_upper)) ** 2).mean().item()
share = network_error / guess_error
print(f"error: {share:.1f} of that of a guess that ignores the upper half")
assert share < 0.75
