"""A tensor is a block of numbers; its shape is its length along each axis."""

import torch

ages = torch.tensor([8, 35, 41])
table = torch.tensor(
    [
        [1, 2, 3],
        [4, 5, 6],
    ]
)

print(ages.shape)
print(table.shape)
print(table)
