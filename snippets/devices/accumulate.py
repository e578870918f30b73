"""Parts of a batch, one after another, give the gradient of the whole."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
network = nn.Linear(6, 3).double()
inputs = torch.randn(32, 6, dtype=torch.float64)
labels = torch.randint(3, (32,))


def add_up(part_size, weigh):
    """Return the gradient that the parts of the batch add up to."""
    network.zero_grad()
    for part in torch.arange(32).split(part_size):
        loss = F.cross_entropy(network(inputs[part]), labels[part])
        (weigh(part) * loss).backward()  # backward adds to .grad
    return network.weight.grad.clone()


def weigh_by_share(part):
    """Return the share of the batch's examples that a part has."""
    return len(part) / 32


def weigh_alike(part):
    """Return the same weight for each of four parts."""
    return 1 / 4


whole = add_up(32, weigh_by_share)
print("parts of    by their shares    all alike    (largest difference)")
for part_size in (8, 10):
    by_share = add_up(part_size, weigh_by_share)
    alike = add_up(part_size, weigh_alike)
    share_gap = (by_share - whole).abs().max().item()
    alike_gap = (alike - whole).abs().max().item()
    print(f"{part_size:8} {share_gap:18.3f} {alike_gap:12.3f}")
