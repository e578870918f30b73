"""Change one example, and count the rows of the output that change."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4, 3)
changed = x.clone()
changed[3] = torch.randn(3)

counts = []
for norm in (nn.LayerNorm(3), nn.BatchNorm1d(3)):
    has_changed = ~torch.isclose(norm(x), norm(changed)).all(dim=1)
    counts.append(int(has_changed.sum()))

answer = f"{counts[0]} and {counts[1]}"
print(answer)
