"""The same numbers twice: one by one, and as one matrix product."""

from timeit import repeat

import torch

from dlcourse.data.digits import load_digits

x = load_digits().train.images.flatten(1).double()  # (1295, 64)
numbers = torch.arange(640).double()
weights = numbers.reshape(10, 64)  # ten neurons


def one_by_one(images, neurons):
    """Multiply and add in Python, one product after the other."""
    rows = []
    for pixels in images:
        row = []
        for neuron in neurons:
            total = 0.0
            for pixel, weight in zip(pixels, neuron, strict=True):
                total += pixel * weight
            row.append(total)
        rows.append(row)
    return rows


images = x.tolist()  # lists of lists, for the loop
neurons = weights.tolist()
by_loop = one_by_one(images, neurons)
by_product = x @ weights.T  # (1295, 10)

num_products = x.shape[0] * weights.numel()
print(num_products, "multiplications")
by_loop = torch.tensor(by_loop).double()
are_equal = torch.equal(by_product, by_loop)
print("the same numbers:", are_equal)


# The shortest of several runs: other programs use the computer, too.
def loop():
    """Compute all products in Python."""
    one_by_one(images, neurons)


def product():
    """Compute all products at once."""
    x @ weights.T


slow = min(repeat(loop, number=1, repeat=3))
fast = min(repeat(product, number=1, repeat=200))
print("more than ten times faster:", slow > 10 * fast)
