"""Which shapes go together?"""

import torch

shapes = [
    ((3, 1), (4,)),
    ((32, 10), (10,)),
    ((5, 1, 4), (3, 1)),
    ((32, 10), (32,)),
]
for one, other in shapes:
    try:
        result = tuple(torch.broadcast_shapes(one, other))
    except RuntimeError:
        result = "RuntimeError"
    print(f"{one!s:<10} and {other!s:<6}  {result}")
