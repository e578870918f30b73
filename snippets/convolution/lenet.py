"""LeNet-5, layer by layer: shapes and parameters."""

import torch
import torch.nn.functional as F

from dlcourse.models.lenet import LeNet

model = LeNet()
x = torch.zeros(1, 1, 28, 28)
print(tuple(x.shape))

x = F.max_pool2d(F.relu(model.conv1(x)), 2)
print(tuple(x.shape))

x = F.max_pool2d(F.relu(model.conv2(x)), 2)
print(tuple(x.shape))

x = x.flatten(start_dim=1)
print(tuple(x.shape))

total = 0
for name, layer in model.named_children():
    count = sum(weight.numel() for weight in layer.parameters())
    total += count
    print(f"{name:8}{count:7,}")
print(f"{'all':8}{total:7,}")
