import torch


def one_hot(t, k):
    """Return a table (N, k) in float32 with a 1 in column t[n] of each row n."""
    # TODO: start from zeros, and write a single 1 into each row
    raise NotImplementedError
