"""Compare functions of the package with PyTorch and other libraries, given the functions' module.

Each oracle takes a module, which may be a changed one, and raises an exception where a value or a
gradient differs. Outputs are multiplied by random numbers before their gradients are computed: a
gradient that ignores what comes after it would otherwise look right.
"""

import torch
from torch import Tensor


def generator_of(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def compare(ours, theirs, *inputs: Tensor):
    """Compare what two functions return, and the gradients behind random factors."""
    results = []
    for function in (ours, theirs):
        leaves = [one.detach().clone().requires_grad_() for one in inputs]
        output = function(*leaves)
        factors = torch.randn(output.shape, generator=generator_of(1), dtype=output.dtype)
        gradients = torch.autograd.grad((output * (factors + 2)).sum(), leaves)
        results.append([output.detach(), *gradients])
    for one, two in zip(*results, strict=True):
        torch.testing.assert_close(one, two, rtol=1e-6, atol=1e-8)


def plain(family, **attributes):
    """Return an object of a class, without the facts that only a run knows."""
    one = object.__new__(family)
    vars(one).update(attributes)
    return one


def same(got, expected):
    """Compare numbers or tensors."""
    torch.testing.assert_close(
        torch.as_tensor(got).double(), torch.as_tensor(expected).double(), rtol=1e-6, atol=1e-8
    )
