"""Train a digit classifier by the lines that the calls stand for."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
images = digits.train.images / 16
labels = digits.train.labels
new_images = digits.validation.images / 16
new_labels = digits.validation.labels

model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(64, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)

# compile
optimizer = torch.optim.SGD(model.parameters(), lr=0.3)

# fit
model.train()
for _ in range(20):
    order = torch.randperm(len(labels))
    for batch in order.split(64):
        loss = F.cross_entropy(model(images[batch]), labels[batch])  # 1
        optimizer.zero_grad()  # 2
        loss.backward()  # 3
        optimizer.step()  # 4

# evaluate
model.eval()
with torch.no_grad():
    logits = model(new_images)
    loss = F.cross_entropy(logits, new_labels)
    is_correct = logits.argmax(dim=1) == new_labels
    accuracy = is_correct.float().mean().item()

print(f"validation accuracy: {accuracy:.2f}")
