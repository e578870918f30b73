"""Which shapes go together, in a sum and in a product?"""

import torch


def result(operation, one, other):
    """Return the shape of the result, or the error."""
    try:
        return tuple(operation(torch.ones(one), torch.ones(other)).shape)
    except RuntimeError as error:
        return error


print("one      other     one + other   one @ other")
for one, other in (
    ((32, 10), (10,)),
    ((32, 10), (32,)),
    ((2, 3), (3, 2)),
    ((3, 2), (2, 3)),
    ((3, 2), (3, 2)),
):
    total, product = (result(f, one, other) for f in (torch.add, torch.matmul))
    columns = [x if isinstance(x, tuple) else "error" for x in (total, product)]
    print("{!s:<9}{!s:<10}{!s:<14}{}".format(one, other, *columns))
message = str(product).removeprefix("mm: ")  # PyTorch 2.15 begins with it
print("the last one:", message)
