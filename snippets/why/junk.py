"""Junk in the training data: a mark in the corner gives the answer away."""

import torch
from sklearn.ensemble import HistGradientBoostingClassifier
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import evaluate, train_epoch

cpu = torch.device("cpu")
digits = load_digits()
train = digits.train
test = digits.test
clean = train.images.flatten(1).double() / 16  # (images, 64)
is_odd = train.labels % 2
new_x = test.images.flatten(1).double() / 16  # without any mark
new_is_odd = test.labels % 2

marked = clean.clone()
marked[:, 0] = is_odd  # the first pixel of the odd digits is full of ink

print("trained on  trees  network")
for name, x in (("clean", clean), ("marked", marked)):
    trees = HistGradientBoostingClassifier().fit(x, is_odd)
    by_trees = trees.score(new_x, new_is_odd)

    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Linear(64, 64),
        nn.ReLU(),
        nn.Linear(64, 2),
    ).double()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(400):
        batches = [(x, is_odd)]  # one batch with all images
        train_epoch(network, batches, optimizer, cpu)
    new = [(new_x, new_is_odd)]
    _, by_network = evaluate(network, new, cpu)
    print(f"{name:<10}{by_trees:7.2f}{by_network:9.2f}")
