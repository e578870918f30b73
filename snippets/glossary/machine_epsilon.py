"""Half of epsilon is too little to change 1."""

import torch

epsilon = torch.finfo(torch.float32).eps
one = torch.tensor(1.0)
print(epsilon == 2**-23, one + epsilon == one, one + epsilon / 2 == one)
