"""Write eight digits in reverse order, with and without positions."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn


class Reverser(nn.Module):
    """One attention layer that writes a digit at each place."""

    def __init__(self, has_positions):
        super().__init__()
        self.has_positions = has_positions
        self.digit_rows = nn.Embedding(10, 32)  # 10 rows of 32 learned numbers
        self.position_rows = nn.Embedding(8, 32)
        self.queries = nn.Linear(32, 32)
        self.keys = nn.Linear(32, 32)
        self.values = nn.Linear(32, 32)
        self.output = nn.Linear(32, 10)

    def forward(self, digits):
        """Return logits for the digit to write at each place."""
        x = self.digit_rows(digits)  # (batch, 8, 32)
        if self.has_positions:
            x = x + self.position_rows(torch.arange(8))
        scores = self.queries(x) @ self.keys(x).transpose(1, 2)  # (batch, 8, 8)
        self.weights = (scores / 32**0.5).softmax(dim=2)
        return self.output(self.weights @ self.values(x))  # (batch, 8, 10)


def train_reverser(has_positions, seed=0, num_steps=300):
    """Return a network that has learned from random digits."""
    torch.manual_seed(seed)
    network = Reverser(has_positions)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(num_steps):
        digits = torch.randint(10, (64, 8))
        logits = network(digits)
        targets = digits.flip(1)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def share_correct(network):
    """Return the share of correct digits, for new rows of digits."""
    torch.manual_seed(1000)
    digits = torch.randint(10, (1000, 8))
    predicted = network(digits).argmax(dim=2)
    return (predicted == digits.flip(1)).float().mean().item()


network = train_reverser(has_positions=True)
with_positions = share_correct(network)
without = share_correct(train_reverser(has_positions=False))
print(f"with positions {with_positions:.2f}")
print(f"without        {without:.2f}")

network(torch.tensor([[3, 1, 4, 1, 5, 9, 2, 6]]))
plt.figure(figsize=(3.6, 3.4))
weights = network.weights[0].detach().numpy()
plt.imshow(weights, cmap="Blues", vmin=0, vmax=1)
plt.xticks(range(8), [3, 1, 4, 1, 5, 9, 2, 6])
plt.yticks(range(8), [6, 2, 9, 5, 1, 4, 1, 3])
plt.xlabel("reads from")
plt.ylabel("has to write")
plt.show()
