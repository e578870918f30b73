"""A valley: the second derivatives differ by a factor of a hundred."""

import torch
from torch.autograd.functional import hessian

bottom = torch.zeros(2)
print(hessian(lambda w: w[0] ** 2 + 100 * w[1] ** 2, bottom))
