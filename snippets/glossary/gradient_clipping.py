"""Clipping shortens a gradient and keeps its direction."""

import torch

weight = torch.zeros(2, requires_grad=True)
weight.grad = torch.tensor([3.0, 4.0])
length = torch.nn.utils.clip_grad_norm_([weight], max_norm=1.0)
print(f"{length:.0f}", [f"{g:.1f}" for g in weight.grad])
