"""Leaky ReLU: one possible answer to the exercise."""


def leaky_relu(z, a=0.01):
    """Return z above 0 and a * z elsewhere."""
    if z > 0:
        return z
    return a * z


assert leaky_relu(3) == 3
assert leaky_relu(-2) == -0.02
assert leaky_relu(-2, a=0.5) == -1.0
assert leaky_relu(3, a=2) == 3  # max(z, a * z) would return 6
