"""Which shapes go together, in a sum and in a product?"""

import torch


def describe(operation, one, other):
    """Return the shape of the result, or the error's message."""
    try:
        result = operation(torch.ones(one), torch.ones(other))
    except RuntimeError as error:
        return "error", str(error)
    return str(tuple(result.shape)), ""


pairs = [
    ((32, 10), (10,)),
    ((32, 10), (32,)),
    ((2, 3), (3, 2)),
    ((3, 2), (2, 3)),
    ((3, 2), (3, 2)),
]
print("one      other     one + other   one @ other")
for one, other in pairs:
    total, _ = describe(torch.add, one, other)
    product, message = describe(torch.matmul, one, other)
    print(f"{one!s:<9}{other!s:<10}{total:<14}{product}")
message = message.removeprefix("mm: ")  # PyTorch 2.15 begins with it
print("the last one:", message)
