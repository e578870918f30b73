"""One step far too large, then a hundred of a good size."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16  # (1295, 64), from 0 to 1

rows = []
for seed in range(5):
    torch.manual_seed(seed)
    hidden, output = nn.Linear(64, 32).double(), nn.Linear(32, 10).double()
    optimizer = torch.optim.SGD([*hidden.parameters(), *output.parameters()])
    row = []
    for learning_rate in [10, *100 * [0.5]]:
        row.append((hidden(x) <= 0).all(dim=0))  # silent for every picture
        logits = output(hidden(x).relu())
        optimizer.param_groups[0]["lr"] = learning_rate
        optimizer.zero_grad()
        nn.functional.cross_entropy(logits, train.labels).backward()
        assert (hidden.weight.grad[row[-1]] == 0).all()  # nothing to learn from
        optimizer.step()
    before, after, end = (row[step].sum().item() for step in (0, 1, -1))
    assert (row[-1] >= row[1]).all()  # none came back
    accuracy = (logits.argmax(dim=1) == train.labels).double().mean().item()
    rows.append((before, after, end))
    print(f"dead: {before}, {after}, in the end {end}; {accuracy:.0%} right")
fewest, most = min(row[1] for row in rows), max(row[1] for row in rows)
