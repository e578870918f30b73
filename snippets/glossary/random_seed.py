"""The same seed gives the same numbers again."""

import torch

for seed in (1, 1, 2):
    generator = torch.Generator()
    generator.manual_seed(seed)
    numbers = torch.randint(10, (6,), generator=generator)
    print(seed, numbers.tolist())
