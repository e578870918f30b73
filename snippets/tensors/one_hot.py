"""One-hot vectors: all 0, and a 1 at the place of the class."""

import torch


def one_hot(t, k):
    """Return the (N, k) table for N class numbers from 0 to k - 1."""
    table = torch.zeros(len(t), k)
    rows = torch.arange(len(t))  # 0, 1, ..., N - 1
    table[rows, t] = 1.0  # in row n, the column t[n]
    return table


t = torch.tensor([2, 0])
print(one_hot(t, 4).tolist())
