"""Three epochs in small and in large batches, ten neurons each."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16  # (1295, 64)

losses = {}
for batch_size in (32, 1295):
    losses[batch_size] = []
    for seed in range(5):
        torch.manual_seed(seed)
        neurons = nn.Linear(64, 10).double()
        optimizer = torch.optim.SGD(neurons.parameters(), lr=1.0)
        num_steps = 0
        for _ in range(3):
            order = torch.randperm(len(x))  # all places, in random order
            for chosen in order.split(batch_size):  # the places of a batch
                loss = F.cross_entropy(neurons(x[chosen]), train.labels[chosen])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                num_steps += 1
        end = F.cross_entropy(neurons(x), train.labels)  # of all images
        losses[batch_size].append(end.item())

    low = min(losses[batch_size])
    high = max(losses[batch_size])
    print(f"batches of {batch_size:4}: {num_steps:3} steps, ", end="")
    print(f"loss {low:.1f} to {high:.1f}")
assert max(losses[32]) < min(losses[1295]) / 5
