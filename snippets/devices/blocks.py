"""The blocks of a matrix product do not need each other, in any order."""

import torch

torch.manual_seed(0)
n = 64
size = 16  # rows and columns of a block
left = torch.randn(n, n, dtype=torch.float64)
right = torch.randn(n, n, dtype=torch.float64)

product = torch.zeros(n, n, dtype=torch.float64)
blocks_a_row = n // size
for block in torch.randperm(blocks_a_row**2).tolist():
    top = size * (block // blocks_a_row)
    start = size * (block % blocks_a_row)
    rows = left[top : top + size]
    columns = right[:, start : start + size]
    product[top : top + size, start : start + size] = rows @ columns

print("as one product: ", torch.allclose(product, left @ right))
operations = 2 * n**3
numbers = 3 * n**2
print("operations:     ", operations)
print("numbers to move:", numbers)
