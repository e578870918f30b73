"""Five numbers a picture, chosen by training, and a linear classifier."""

import torch
from sklearn.linear_model import LogisticRegression
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

digits, cpu = load_digits(), torch.device("cpu")
train = digits.train.images.flatten(1).double() / 16  # (train, 64)
test = digits.test.images.flatten(1).double() / 16  # (test, 64)

torch.manual_seed(0)
layers = [nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 5), nn.Tanh()]
network = nn.Sequential(*layers, nn.Linear(5, 10)).double()
optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
for _ in range(200):
    train_epoch(network, [(train, digits.train.labels)], optimizer, cpu)
features = network[:4].requires_grad_(False)  # without its last layer

classifier = LogisticRegression(C=100, max_iter=2000)
classifier.fit(features(train), digits.train.labels)
accuracy = classifier.score(features(test), digits.test.labels)
print(f"{features(test).shape[1]} features, {accuracy:.0%} right")
