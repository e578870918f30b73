"""The weighted sum of one neuron, in plain Python."""


def weighted_sum(x, w, b):
    """Return w[0] * x[0] + w[1] * x[1] + ... + b."""
    total = b
    for w_i, x_i in zip(w, x, strict=True):
        total += w_i * x_i
    return total


print(weighted_sum([2.0, -1.0, 0.5], [0.5, 1.0, 2.0], 0.5))
print(weighted_sum([3.0], [2.0], -1.0))
