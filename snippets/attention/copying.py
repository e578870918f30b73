"""Continue a string that repeats itself: one layer of attention against two."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.models.gpt import CausalSelfAttention, attention_weights

LENGTH = 24
places = torch.arange(LENGTH)


def make_rows(count):
    """Return rows that repeat a random string, and which symbols repeat."""
    periods = torch.randint(4, 11, (count, 1))  # 4 to 10 symbols
    strings = torch.randint(16, (count, 10))  # symbols 0 to 15
    rows = strings.gather(1, places % periods)  # (count, LENGTH)
    is_repeated = places > periods  # one symbol of the second round is given
    return rows, is_repeated


class Copier(nn.Module):
    """Attention layers with one head each, and nothing else that computes."""

    def __init__(self, num_layers):
        super().__init__()
        self.symbol_rows = nn.Embedding(16, 32)
        self.position_rows = nn.Embedding(LENGTH, 32)
        self.layers = nn.ModuleList()
        self.norms = nn.ModuleList()
        for _ in range(num_layers):
            self.layers.append(CausalSelfAttention(32, num_heads=1))
            self.norms.append(nn.LayerNorm(32))
        self.output = nn.Linear(32, 16)

    def forward(self, rows):
        """Return logits for the symbol after each place."""
        x = self.symbol_rows(rows) + self.position_rows(places)
        self.maps = []  # the attention weights of each layer, to look at
        for layer, norm in zip(self.layers, self.norms, strict=True):
            queries, keys, _ = layer.project(norm(x))
            weights = attention_weights(queries, keys)
            self.maps.append(weights.detach())
            x = x + layer(norm(x))
        return self.output(x)  # (count, LENGTH, 16)


def share_copied(network):
    """Return the share of repeated symbols that are predicted, on new rows."""
    torch.manual_seed(1000)
    rows, is_repeated = make_rows(500)
    with torch.no_grad():
        predicted = network(rows)[:, :-1].argmax(dim=2)
    is_correct = predicted == rows[:, 1:]
    return is_correct[is_repeated[:, 1:]].float().mean().item()


def train_copier(num_layers, seed=0, num_steps=400):
    """Return a network that has learned to predict the repeated symbols."""
    torch.manual_seed(seed)
    network = Copier(num_layers)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(num_steps):
        rows, is_repeated = make_rows(64)
        counts = is_repeated[:, 1:]
        logits = network(rows)[:, :-1][counts]
        loss = F.cross_entropy(logits, rows[:, 1:][counts])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


one_layer = share_copied(train_copier(1))
network = train_copier(2)
two_layers = share_copied(network)

torch.manual_seed(3)
string = torch.randperm(16)[:8]
network(string.repeat(1, 3))  # the same 8 symbols three times
figure, axes = plt.subplots(
    1,
    2,
    figsize=(7, 3.6),
    layout="constrained",
)
for number, cell in enumerate(axes):
    weights = network.maps[number][0, 0]  # (LENGTH, LENGTH)
    cell.imshow(weights.numpy(), cmap="Blues", vmin=0, vmax=1)
    cell.set_title(f"layer {number + 1}")
    cell.set_xlabel("reads from place")
    cell.set_ylabel("place")
plt.show()

with torch.no_grad():
    network.layers[0].output.weight.zero_()  # switch the head of layer 1 off
    network.layers[0].output.bias.zero_()
switched_off = share_copied(network)

print(f"guessing                  {1 / 16:.2f}")
print(f"one layer                 {one_layer:.2f}")
print(f"two layers                {two_layers:.2f}")
print(f"two, the first one off    {switched_off:.2f}")
