"""Useless columns hide the nearest neighbor."""

import torch
from sklearn.neighbors import KNeighborsClassifier

from dlcourse.data.digits import load_digits

digits = load_digits()
train = digits.train
test = digits.test
x = train.images.flatten(1).double() / 16  # (images, 64)
new_x = test.images.flatten(1).double() / 16

torch.manual_seed(0)
for num_columns in (0, 100, 1000, 10_000):
    noise = torch.rand(len(x), num_columns)
    new_noise = torch.rand(len(new_x), num_columns)
    wide_x = torch.cat([x, noise], dim=1)
    new_wide_x = torch.cat([new_x, new_noise], dim=1)

    # One neighbor: a new image gets the label of the nearest training image.
    model = KNeighborsClassifier(n_neighbors=1)
    model.fit(wide_x, train.labels)
    accuracy = model.score(new_wide_x, test.labels)
    print(f"{num_columns:6} random columns: {accuracy:.0%} correct")
