"""Writing into a row writes into its table."""

import torch

table = torch.tensor([[1, 2], [3, 4]])
row = table[0]
row += 10
answer = table[0, 1].item()
print(answer)

table = torch.tensor([[1, 2], [3, 4]])
row = table[0]
row = row + 10  # new numbers, in a memory of their own
assert table[0, 1].item() == 2
