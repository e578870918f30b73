"""The two directions differ; from a distribution to itself it is 0."""

import torch
from torch.distributions import Categorical, kl_divergence

fair = Categorical(torch.tensor([0.5, 0.5]))
loaded = Categorical(torch.tensor([0.9, 0.1]))

for one, other in ((fair, loaded), (loaded, fair), (fair, fair)):
    divergence = kl_divergence(one, other)
    print(f"{divergence:.2f}")
