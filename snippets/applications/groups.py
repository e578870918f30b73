"""One figure for all pictures can hide a group that the network cannot read."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
labels = digits.train.labels
train = digits.train.images.flatten(1).float() / 16  # 0 is paper, 1 is ink
test = digits.test.images.flatten(1).float() / 16

for percent in (2, 50):
    rare = torch.rand(len(train)) < percent / 100
    pictures = torch.where(rare[:, None], 1 - train, train)  # white on black
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(100):
        loss = nn.functional.cross_entropy(network(pictures), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    answers = [network(images).argmax(dim=1) for images in (test, 1 - test)]
    hits = [(answer == digits.test.labels).double() for answer in answers]
    dark, white = (hit.mean().item() for hit in hits)
    average = (1 - percent / 100) * dark + percent / 100 * white
    print(f"white ink in {percent:2} % of the pictures. More than 90 % right:")
    print("  on average", average > 0.9, "/ dark", dark > 0.9, end=" / ")
    print("white", white > 0.9)
