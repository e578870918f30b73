"""Nudge the weight w12 of the network, and watch the loss."""

from math import exp


def loss_of(w12):
    """Return the loss of the network when w12 has this value."""
    h1 = max(0, -1 * 2 + w12 * 3 + 2)
    h2 = max(0, 2 * 2 + 1 * 3 - 2)
    logit = 2 * h1 - 1 * h2 - 1
    y = 1 / (1 + exp(-logit))
    return (y - 1) ** 2


before = loss_of(1)
for nudge in (0.1, 0.01, 0.001):
    after = loss_of(1 + nudge)
    slope = (after - before) / nudge
    print(f"nudge {nudge:5}: loss {after:.4f}, slope {slope:.3f}")
