def weighted_sum(x, w, b):
    """Return the sum of w[i] * x[i] over all inputs, plus the bias b.

    x and w are lists of the same length.
    """
    # TODO: multiply each input by its weight, and add the products and the bias
    raise NotImplementedError
