"""A valley: the second derivatives differ by a factor of a hundred."""

import torch
from torch.autograd.functional import hessian


def height(w):
    """Return the height of the valley at a point."""
    return w[0] ** 2 + 100 * w[1] ** 2


bottom = torch.zeros(2)
second_derivatives = hessian(height, bottom)
print(second_derivatives)
