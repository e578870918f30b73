"""The same numbers twice: one by one, and as one matrix product."""

from operator import mul
from timeit import repeat

import torch

from dlcourse.data.digits import load_digits

x = load_digits().train.images.flatten(1).double()  # (1295, 64)
weights = torch.arange(640).reshape(64, 10).double()  # (64, 10): ten neurons


def one_by_one(rows, columns):
    """Multiply and add in a Python loop."""
    return [[sum(map(mul, row, column)) for column in columns] for row in rows]


rows, columns = x.tolist(), weights.T.tolist()
by_loop = one_by_one(rows, columns)
by_product = x @ weights  # (1295, 10)
# The best of several runs: others may use the computer, too.
slow = min(repeat(lambda: one_by_one(rows, columns), number=1, repeat=3))
fast = min(repeat(lambda: x @ weights, number=1, repeat=20))

num_products = x.shape[0] * weights.numel()
print(num_products, "multiplications")
are_equal = torch.equal(by_product, torch.tensor(by_loop).double())
print("the same numbers:", are_equal)
print("more than ten times faster:", slow > 10 * fast)
