"""Transposing leaves the numbers where they are in memory."""

import torch

x = torch.zeros(2, 3)
transposed = x.T
copied = transposed.contiguous()  # puts the numbers in order

for tensor in (x, transposed, copied):
    print(tensor.is_contiguous())
