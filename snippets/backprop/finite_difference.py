"""A finite difference has a best step: not too large, not too small."""

import torch


def cube(w):
    """Return w³, whose slope is 3w²."""
    return w * w * w


def errors(h, dtype):
    """Return the errors of the one-sided and the central difference at 3."""
    w = torch.tensor(3.0, dtype=dtype)
    one_sided = (cube(w + h) - cube(w)) / h
    central = (cube(w + h) - cube(w - h)) / (2 * h)
    return abs(one_sided.item() - 27), abs(central.item() - 27)


print("step h      float64              float32")
print("       one-sided  central   one-sided  central")
central_errors = {torch.float64: {}, torch.float32: {}}
for h in (1e-1, 1e-2, 1e-3, 1e-5, 1e-7, 1e-9):
    print(f"{h:.0e}", end="")
    for dtype in central_errors:
        one_sided, central = errors(h, dtype)
        central_errors[dtype][h] = central
        print(f"{one_sided:12.0e}{central:9.0e}", end="")
    print()
