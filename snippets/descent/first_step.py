"""The slope predicts how the loss changes; small steps keep to it."""


def loss(w):
    """Return w², whose slope is 2w."""
    return w**2


w = -1.0
slope = 2 * w
changes = {}
for step in (0.1, 0.01, 0.001):
    expected = slope * step
    changes[step] = loss(w + step) - loss(w)
    print(f"step {step}: expected {expected:.3f}, ", end="")
    print(f"the loss changed by {changes[step]:.6f}")
