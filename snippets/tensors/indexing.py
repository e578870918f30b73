"""Pick parts of a tensor: by number, by slice, by a list, by a condition."""

import torch

table = torch.tensor(
    [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10, 11, 12],
    ]
)

picks = {
    "table[0]": table[0],
    "table[-1]": table[-1],
    "table[0, 2]": table[0, 2],
    "table[:, 2]": table[:, 2],
    "table[0:2]": table[0:2],
    "table[:, 1:]": table[:, 1:],
    "table[[2, 0]]": table[[2, 0]],
    "table[table > 9]": table[table > 9],
}
for name, picked in picks.items():
    shape = str(tuple(picked.shape))
    print(f"{name:<18}{shape:<8}{picked.tolist()}")
