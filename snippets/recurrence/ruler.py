"""Can an LSTM learn to remember one bit? The ruler says it beforehand."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch import nn

HIDDEN = 8


def make_examples(num_examples, lag):
    """Return sequences that begin with a bit, and the bits."""
    bits = torch.randint(2, (num_examples,))
    x = torch.randn(num_examples, lag + 1, 1)  # noise to distract
    x[:, 0, 0] = 2.0 * bits - 1  # -1 or 1
    return x, bits


def train(lag, bias, seed, num_steps=300):
    """Return the share of bits that are known `lag` steps later."""
    torch.manual_seed(seed)
    lstm = nn.LSTM(1, HIDDEN, batch_first=True)
    forget = slice(HIDDEN, 2 * HIDDEN)  # the second of the four parts
    nn.init.constant_(lstm.bias_ih_l0[forget], bias)
    nn.init.constant_(lstm.bias_hh_l0[forget], 0)
    output = nn.Linear(HIDDEN, 2)
    parameters = [*lstm.parameters(), *output.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.01)
    for _ in range(num_steps):
        x, bits = make_examples(32, lag)
        states, _ = lstm(x)
        loss = F.cross_entropy(output(states[:, -1]), bits)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1)
        optimizer.step()

    x, bits = make_examples(1000, lag)
    states, _ = lstm(x)
    answers = output(states[:, -1]).argmax(dim=1)
    return (answers == bits).float().mean().item()


plt.figure(figsize=(3.6, 3))
for lag, marker in ((10, "o"), (20, "s"), (40, "^")):
    left = []
    correct = []
    for bias in (0, 1, 3, 5):
        gate = torch.tensor(float(bias)).sigmoid().item()
        left.append(gate**lag)
        known = train(lag, bias, seed=0)
        correct.append(round(known, 1))  # hundredths vary with the processor
    plt.semilogx(
        left,
        correct,
        marker,
        label=f"{lag} steps later",
    )
plt.xlabel("what the ruler says is left")
plt.ylabel("bits that are known, in tenths")
plt.legend()
plt.show()
