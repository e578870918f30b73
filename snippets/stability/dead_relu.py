"""One step far too large, then a hundred of a good size."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
dtype = torch.float64  # 64-bit: the same result on every processor
x = train.images.flatten(1).double() / 16  # (1295, 64), from 0 to 1


def find_silent(network):
    """Tell for each hidden layer which of its units are 0 for all images."""
    first_sums = network[0](x)  # (images, units)
    second_sums = network[2](first_sums.relu())
    return [(sums <= 0).all(dim=0) for sums in (first_sums, second_sums)]


print("      first hidden layer     second hidden layer")
print("seed  dead  back in the end  dead  back in the end  correct")
for seed in range(5):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(64, 32, dtype=dtype),
        nn.ReLU(),
        nn.Linear(32, 32, dtype=dtype),
        nn.ReLU(),
        nn.Linear(32, 10, dtype=dtype),
    )
    for step in range(101):
        learning_rate = 10 if step == 0 else 0.5
        optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
        loss = F.cross_entropy(network(x), train.labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step == 0:
            silent_after = find_silent(network)

    row = f"{seed:4}"
    for after, end in zip(silent_after, find_silent(network), strict=True):
        num_back = (after & ~end).sum()
        row += f"{after.sum():6}{num_back:17}"
    is_correct = network(x).argmax(dim=1) == train.labels
    print(f"{row}{is_correct.double().mean():9.1%}")
