"""Half of epsilon is too little to change 1."""

import torch

one = torch.tensor(1.0)
epsilon = torch.finfo(torch.float32).eps
print(epsilon == 2**-23)

print(one + epsilon == one)
print(one + epsilon / 2 == one)
