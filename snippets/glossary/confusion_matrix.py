"""One row for each true class, one column for each predicted one."""

import torch

table = torch.zeros(3, 3, dtype=torch.int64)
for true, predicted in zip([0, 0, 1, 1, 2], [0, 0, 1, 2, 2], strict=True):
    table[true, predicted] += 1
print(table)
