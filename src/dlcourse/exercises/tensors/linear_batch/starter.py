def linear_batch(X, W, b):
    """Return the weighted sums of N examples and K neurons, a table (N, K).

    X: (N, D), W: (K, D), b: (K,).
    """
    # TODO: multiply the two tables, and add the biases to each row
    raise NotImplementedError
