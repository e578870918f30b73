"""Clipping shortens a gradient and keeps its direction."""

import torch
from torch.nn.utils import clip_grad_norm_

weights = torch.zeros(2, requires_grad=True)
weights.grad = torch.tensor([3.0, 4.0])

length = clip_grad_norm_([weights], max_norm=1.0)
print(length)  # before clipping
print(weights.grad)
