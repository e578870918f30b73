"""The same seed gives the same numbers again."""

import torch

first = torch.rand(3, generator=torch.Generator().manual_seed(1))
again = torch.rand(3, generator=torch.Generator().manual_seed(1))
other = torch.rand(3, generator=torch.Generator().manual_seed(2))
print(torch.equal(first, again), torch.equal(first, other))
