"""If nobody can tell the two apart, the best answer is one half."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

undecided = torch.zeros(4)  # the sigmoid of 0 is one half
is_real = torch.ones(4)
is_generated = torch.zeros(4)

real_loss = binary_cross_entropy_with_logits(undecided, is_real)
generated_loss = binary_cross_entropy_with_logits(undecided, is_generated)
print(f"{real_loss + generated_loss:.3f}")  # 2 ln 2
