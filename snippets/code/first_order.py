"""A slope predicts the change of the loss, for small steps."""


def loss(w):
    """Return the loss of the same neuron, whose bias stays 0.5."""
    return (w * 2 + 0.5 - 1) ** 2


slope = 10  # at w = 1.5, as computed above
for step in (-0.001, -0.1, -1):
    expected = slope * step
    change = loss(1.5 + step) - loss(1.5)
    print(f"step {step:6}: expected {expected:7.3f}, found {change:7.3f}")
