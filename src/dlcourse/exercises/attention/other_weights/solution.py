def other_weights(weights, values):
    """Return other attention weights with the same weighted mean of the values.

    weights: three numbers of at least 0.1 that add up to 1; values: three
    different numbers. The first weight becomes smaller.
    """
    first, second, third = values
    # The changes add up to 0, and so do their products with the values
    changes = [second - third, third - first, first - second]
    largest = max(abs(change) for change in changes)
    factor = 0.05 / largest  # no weight of at least 0.1 becomes negative
    if changes[0] > 0:
        factor = -factor  # the opposite changes, so that the first weight becomes smaller
    return [weight + factor * change for weight, change in zip(weights, changes, strict=True)]
