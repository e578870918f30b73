"""Three networks classify the same two images."""

import torch

from dlcourse.models.cnn import CNN
from dlcourse.models.lenet import LeNet
from dlcourse.models.mlp import MLP

images = torch.rand(2, 1, 28, 28)
for model in (MLP(), CNN(), LeNet()):
    name = type(model).__name__
    sizes = [parameter.numel() for parameter in model.parameters()]
    num_parameters = sum(sizes)
    shape = tuple(model(images).shape)  # (batch, num_classes)
    print(f"{name:5} {num_parameters:7,} parameters, logits {shape}")
