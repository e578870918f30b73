"""Transposing leaves the numbers where they are in memory."""

import torch

x = torch.zeros(2, 3)
print(x.is_contiguous(), x.T.is_contiguous())
print(x.T.contiguous().is_contiguous())
