def linear_batch(X, W, b):
    """Return the weighted sums of N examples and K neurons, a table (N, K).

    X: (N, D), W: (K, D), b: (K,).
    """
    return X @ W.T + b  # (N, D) @ (D, K) is (N, K); b is added to each row
