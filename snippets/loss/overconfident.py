"""Train on a hundred images, and longer: what it does to new images."""

import torch
from torch.nn.functional import cross_entropy

from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP

digits = load_digits()
images = digits.train.images.double() / 16
new_images = digits.validation.images.double() / 16
new_labels = digits.validation.labels

rows = {40: torch.zeros(4), 200: torch.zeros(4)}  # means of five seeds
for seed in range(5):
    torch.manual_seed(seed)
    few = torch.randperm(len(images))[:100]
    network = MLP(in_features=64, hidden_features=64).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for step in range(1, 201):
        loss = cross_entropy(network(images[few]), digits.train.labels[few])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step in rows:
            logits = network(new_images)
            new_loss = cross_entropy(logits, new_labels)
            confidence, answers = logits.softmax(dim=1).max(dim=1)
            is_correct = (answers == new_labels).double()
            row = [loss, new_loss, confidence.mean(), is_correct.mean()]
            rows[step] += torch.stack(row).detach() / 5

print("steps  old loss  new loss  confidence  correct")
for step, (loss, new_loss, confidence, correct) in rows.items():
    row = f"{step:5}{loss:10.3f}{new_loss:10.2f}"
    print(f"{row}{confidence:12.0%}{correct:9.0%}")
