"""A step on whichever device there is."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.training.device import pick_device

device = pick_device("auto")
network = nn.Linear(64, 10).to(device)
images = torch.rand(32, 64)
labels = torch.zeros(32, dtype=torch.long)

images = images.to(device)  # without "images =" nothing would change
labels = labels.to(device)
loss = F.cross_entropy(network(images), labels)
loss.backward()

is_same = network.weight.grad.device == loss.device == network.weight.device
print("all on one device:", is_same)
