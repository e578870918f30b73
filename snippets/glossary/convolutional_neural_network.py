"""The first layer of LeNet has few weights, used at every position."""

import torch

from dlcourse.models.lenet import LeNet

model = LeNet()
weight, bias, *others = model.parameters()
print(tuple(weight.shape), tuple(bias.shape))

images = torch.zeros(1, 1, 28, 28)
logits = model(images)
print(tuple(logits.shape))
