def weighted_sum(x, w, b):
    """Return the sum of w[i] * x[i] over all inputs, plus the bias b.

    x and w are lists of the same length.
    """
    total = b  # once for the neuron, not once for each input
    for weight, value in zip(w, x, strict=True):
        total += weight * value
    return total
