"""This program raises no error and learns little. Find three bugs."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
cpu = torch.device("cpu")
order = torch.Generator().manual_seed(0)
train = Batches(digits.train, 64, max_value=16, device=cpu, generator=order)
validation_images = digits.validation.images / 16  # (143, 1, 8, 8)
validation_labels = digits.validation.labels

layers = [nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout()]
layers.append(nn.Linear(32, 10))
layers.append(nn.Softmax(dim=1))
model = nn.Sequential(*layers)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for _ in range(10):
    model.train()
    for images, labels in train:
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()

predicted = model(validation_images).argmax(dim=1)
accuracy = (predicted == validation_labels).double().mean().item()
print("over 90% correct:", accuracy > 0.9)
