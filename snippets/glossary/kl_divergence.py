"""The two directions differ; from a distribution to itself it is 0."""

import torch
from torch.distributions import Categorical, kl_divergence

fair = Categorical(torch.tensor([0.5, 0.5]))
loaded = Categorical(torch.tensor([0.9, 0.1]))

print(f"{kl_divergence(fair, loaded):.2f}")
print(f"{kl_divergence(loaded, fair):.2f}")
print(f"{kl_divergence(fair, fair):.2f}")
