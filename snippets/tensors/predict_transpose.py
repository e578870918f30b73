"""Transposing turns columns into rows; reshape breaks the rows elsewhere."""

import torch

table = torch.tensor([[0, 1, 2], [3, 4, 5]])
answer = table.T[0].tolist()
print(answer)
assert table.reshape(3, 2)[0].tolist() == [0, 1]
