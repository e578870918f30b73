"""The same seed gives the same random numbers."""

import torch

torch.manual_seed(0)  # for everything that is drawn after this line
first = torch.rand(3)
second = torch.rand(3)
torch.manual_seed(0)
again = torch.rand(3)
print(torch.equal(first, again))
print(torch.equal(first, second))

order = torch.Generator()  # a generator of its own
order.manual_seed(1)
print(torch.randperm(5, generator=order))  # 0 to 4 in random order
