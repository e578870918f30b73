"""A batch that was scaled wrongly, with and without gradient clipping."""

from statistics import fmean

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
validation = load_digits().validation
x = train.images.flatten(1).double() / 16
held_x = validation.images.flatten(1).double() / 16


def accuracy_after_spike(learning_rate, max_norm, seed):
    """Train for 100 steps; return the validation accuracy in percent."""
    torch.manual_seed(seed)
    hidden, output = nn.Linear(64, 32), nn.Linear(32, 10)
    network = nn.Sequential(hidden, nn.ReLU(), output).double()
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    for step in range(100):
        picked = torch.randint(len(x), (64,))
        images = x[picked]
        if step == 30:
            images = 16 * images  # somebody forgot to divide by 16
        logits = network(images)
        loss = F.cross_entropy(logits, train.labels[picked])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), max_norm)
        optimizer.step()
    is_correct = network(held_x).argmax(dim=1) == validation.labels
    return 100 * is_correct.double().mean().item()


print("learning rate  no clipping   10    1   0.1")
for learning_rate in (0.1, 0.3, 1.0):
    row = f"{learning_rate:13}"
    for max_norm in (float("inf"), 10, 1, 0.1):  # infinite: no clipping
        runs = []
        for seed in range(3):
            runs.append(accuracy_after_spike(learning_rate, max_norm, seed))
        row += f"{fmean(runs):7.0f}%"
    print(row)
