"""Backpropagation through time: one weight, used at every step."""

import math

import torch

num_steps = 100
for weight in (0.9, 1.0, 1.1):
    u = torch.tensor(weight, requires_grad=True)
    first = torch.tensor(1.0, requires_grad=True)
    h = first
    for _ in range(num_steps):
        h = u * h  # the same u each time

    h.backward()
    print(f"u = {u:.1f}: gradient of the first state {first.grad:.3g}", end="")
    print(f", of u {u.grad:.3g}")

    # One factor u for each step
    expected = weight**num_steps
    assert math.isclose(first.grad.item(), expected, rel_tol=1e-4)
    # The gradients of the 100 uses of u add up
    one_use = weight ** (num_steps - 1)
    assert math.isclose(u.grad.item(), num_steps * one_use, rel_tol=1e-4)
