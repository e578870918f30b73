"""A layer without activation, for a whole batch and without a loop."""

import torch


def linear_batch(X, W, b):
    """Return the weighted sums: X (N, D), W (K, D), b (K,) -> (N, K)."""
    return X @ W.T + b


X = torch.tensor([[1, 2]])
W = torch.tensor(
    [
        [3, 4],
        [5, 6],
        [0, 1],
    ]
)
b = torch.tensor([0, 10, 0])
table = linear_batch(X, W, b)
print(table.tolist())
