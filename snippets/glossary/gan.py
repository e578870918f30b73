"""When nobody can tell the two apart, the best judge says one half."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as loss

undecided = torch.zeros(4)  # the sigmoid of 0 is one half
real, made_up = torch.ones(4), torch.zeros(4)
print(f"{loss(undecided, real) + loss(undecided, made_up):.3f}")  # 2 ln 2
