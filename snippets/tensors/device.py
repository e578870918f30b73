"""A tensor is on a device, and is combined only with others there."""

import torch

from dlcourse.training.device import pick_device

device = pick_device("auto")  # a GPU where there is one, else the CPU
x = torch.arange(3.0)  # 0, 1, 2: made on the CPU
weights = torch.ones(3, device=device)
weighted_sum = (weights * x.to(device)).sum()
print(weighted_sum.item())

nowhere = torch.ones(3, device="meta")  # keeps shapes, but no numbers
try:
    x + nowhere
except RuntimeError as error:
    print("RuntimeError, because of the device:", "device" in str(error))
