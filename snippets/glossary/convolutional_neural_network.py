"""LeNet reads a picture; its first layer has few weights, used often."""

import torch

from dlcourse.models.lenet import LeNet

model = LeNet()
print([tuple(parameter.shape) for parameter in model.parameters()][:2])
print(tuple(model(torch.zeros(1, 1, 28, 28)).shape))
