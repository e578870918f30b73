"""One step far too large, then a hundred of a good size."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16  # (1295, 64), from 0 to 1

deaths = []
print("dead of 32: at first  after  in the end  right")
for seed in range(5):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    optimizer = torch.optim.SGD(network.double().parameters())
    silent = []
    for learning_rate in [10, *100 * [0.5]]:
        silent.append((network[0](x) <= 0).all(dim=0))  # for every picture
        optimizer.param_groups[0]["lr"] = learning_rate
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x), train.labels).backward()
        assert (network[0].weight.grad[silent[-1]] == 0).all()
        optimizer.step()
    assert (silent[-1] >= silent[1]).all()  # none came back
    first, after, end = (silent[step].sum().item() for step in (0, 1, -1))
    deaths.append(after - first)
    right = (network(x).argmax(dim=1) == train.labels).double().mean()
    print(f"{first:20}{after:7}{end:12}{right:7.1%}")
fewest, most = min(deaths), max(deaths)
