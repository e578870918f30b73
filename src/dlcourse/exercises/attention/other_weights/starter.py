def other_weights(weights, values):
    """Return other attention weights with the same weighted mean of the values.

    weights: three numbers of at least 0.1 that add up to 1; values: three
    different numbers. The first weight becomes smaller.
    """
    # TODO: find changes that add up to 0, and whose products with the values do as well
    raise NotImplementedError
