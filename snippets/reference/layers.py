"""LeNet layer by layer, as `dlcourse info lenet` shows it."""

import torch

from dlcourse.commands.info import collect_layers, describe_layers
from dlcourse.models.lenet import LeNet

one_image = torch.zeros(1, 1, 28, 28)
found = collect_layers(LeNet(), one_image)
print(describe_layers(found))
