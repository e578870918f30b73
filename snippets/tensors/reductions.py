"""Add up a table: all of it, down its columns, along its rows."""

import torch

table = torch.tensor([[1, 2, 3], [9, 5, 4]])  # (2, 3)

results = {
    "sum()": table.sum(),
    "sum(dim=0)": table.sum(dim=0),
    "sum(dim=1)": table.sum(dim=1),
    "sum(dim=1, keepdim=True)": table.sum(dim=1, keepdim=True),
    "amax(dim=1)": table.amax(dim=1),
    "argmax(dim=1)": table.argmax(dim=1),
}
for name, result in results.items():
    shape = str(tuple(result.shape))
    print(f"{name:<26}{shape:<8}{result.tolist()}")
