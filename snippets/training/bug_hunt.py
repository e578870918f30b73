"""This runs without a complaint, and learns little. Find three bugs."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits, cpu = load_digits(), torch.device("cpu")
order = torch.Generator().manual_seed(0)
train = Batches(digits.train, 64, max_value=16, device=cpu, generator=order)
validation = Batches(digits.validation, 200, max_value=16, device=cpu)

layers = [nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout()]
model = nn.Sequential(*layers, nn.Linear(32, 10), nn.Softmax(dim=1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(10):
    model.train()
    for images, labels in train:
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()

images, labels = next(iter(validation))  # all of them
accuracy = (model(images).argmax(dim=1) == labels).float().mean().item()
print("over 90 % right:", accuracy > 0.9)
