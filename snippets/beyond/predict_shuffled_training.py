"""An MLP and a CNN on pages whose pixels were exchanged in one order."""

import torch
from torch import nn

torch.manual_seed(0)
images = torch.rand(50, 1, 6, 6)
order = torch.randperm(36)
shuffled = images.flatten(1)[:, order].view(50, 1, 6, 6)

linear = nn.Linear(36, 4)
weights = linear.weight[:, order]  # the columns in the same order
before = linear(images.flatten(1))
after = shuffled.flatten(1) @ weights.T + linear.bias
mlp_can = torch.allclose(before, after, atol=1e-5)

convolution = nn.Conv2d(1, 4, kernel_size=3)
before = convolution(images).amax(dim=(2, 3))
after = convolution(shuffled).amax(dim=(2, 3))
cnn_can = torch.allclose(before, after, atol=1e-5)

names = []
if mlp_can:
    names.append("MLP")
if cnn_can:
    names.append("CNN")
answer = " and ".join(names)
print(answer)
