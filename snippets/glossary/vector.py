"""A vector has one axis; the dot product of two is a single number."""

import torch

prices = torch.tensor([2.0, 5.0, 1.0])
amounts = torch.tensor([3.0, 1.0, 4.0])
print(prices.ndim, tuple(prices.shape))

total = prices @ amounts  # 2 * 3 + 5 * 1 + 1 * 4
print(total)
