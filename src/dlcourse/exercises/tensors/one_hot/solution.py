import torch


def one_hot(t, k):
    """Return a table (N, k) in float32 with a 1 in column t[n] of each row n."""
    table = torch.zeros(len(t), k)
    rows = torch.arange(len(t))
    table[rows, t] = 1  # one place in each row
    return table
