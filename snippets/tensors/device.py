"""A tensor lives on a device, and goes together only with others there."""

import torch

from dlcourse.training.device import pick_device

device = pick_device("auto")  # a GPU where there is one, else the CPU
x = torch.arange(3.0)  # made on the CPU
weights = torch.ones(3, device=device)
print((weights * x.to(device)).sum().item())

nowhere = torch.ones(3, device="meta")  # keeps shapes, but no numbers
try:
    x + nowhere
except RuntimeError as error:
    print("RuntimeError, because of the device:", "device" in str(error))
