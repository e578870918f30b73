"""The same numbers twice: one by one, and as one matrix product."""

import time
from operator import mul

import torch

from dlcourse.data.digits import load_digits

x = load_digits().train.images.flatten(1).double()  # (1295, 64)
weights = torch.arange(640).reshape(64, 10).double()  # (64, 10): ten neurons


def one_by_one(rows, columns):
    """Multiply and add in a Python loop."""
    return [[sum(map(mul, row, column)) for column in columns] for row in rows]


start = time.perf_counter()
slow = one_by_one(x.tolist(), weights.T.tolist())
middle = time.perf_counter()
fast = x @ weights  # (1295, 10)
end = time.perf_counter()

num_products = x.shape[0] * weights.numel()
print(num_products, "multiplications")
print("the same numbers:", torch.equal(fast, torch.tensor(slow).double()))
print("more than ten times faster:", middle - start > 10 * (end - middle))
