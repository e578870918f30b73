"""Five numbers a picture, chosen by a person, and a linear classifier."""

import torch
from sklearn.linear_model import LogisticRegression

from dlcourse.data.digits import load_digits

digits = load_digits()
train = digits.train.images.flatten(1).double() / 16  # (train, 64)
test = digits.test.images.flatten(1).double() / 16  # (test, 64)


def features(x):
    """Measure ink, two symmetries, the middle, and top against bottom."""
    p = x.reshape(-1, 8, 8)  # (pictures, rows, columns)
    left_right, up_down = (p - p.flip(2)).abs(), (p - p.flip(1)).abs()
    parts = [p, left_right, up_down, p[:, 3:5, 3:5], p[:, :4] - p[:, 4:]]
    return torch.stack([part.mean(dim=(1, 2)) for part in parts], dim=1)


classifier = LogisticRegression(C=100, max_iter=2000)
classifier.fit(features(train), digits.train.labels)
accuracy = classifier.score(features(test), digits.test.labels)
print(f"{features(test).shape[1]} features, {accuracy:.0%} right")
