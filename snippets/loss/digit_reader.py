"""Our digit reader: ten neurons, trained with two losses."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits()
x, labels = digits.train.images.flatten(1).double() / 16, digits.train.labels
new, answers = digits.test.images.double() / 16, digits.test.labels
moved = [new.roll(step, axis) for step in (-1, 1) for axis in (2, 3)]
one_hot = nn.functional.one_hot(labels, 10).double()  # (pictures, 10)
losses = {
    "squared error": lambda logits: nn.functional.mse_loss(logits, one_hot),
    "cross-entropy": lambda logits: nn.functional.cross_entropy(logits, labels),
}
for name, loss in losses.items():
    scores = torch.zeros(5)
    for seed in range(5):
        torch.manual_seed(seed)
        neurons = nn.Linear(64, 10).double()
        optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
        for _ in range(100):
            optimizer.zero_grad()
            loss(neurons(x)).backward()
            optimizer.step()
        answer = neurons(torch.stack([new, *moved]).flatten(2)).argmax(dim=2)
        scores += 20 * (answer == answers).double().mean(dim=1)
    accuracy, shifted = scores[0], scores[1:].mean()
    print(f"ten, {name:<17}{accuracy:6.1f} %{shifted:6.1f} % moved")
