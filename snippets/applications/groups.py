"""An average over all images can hide a group that is classified badly."""

import torch
from sklearn.neural_network import MLPClassifier

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
digits = load_digits()
train = digits.train.images.flatten(1).double() / 16  # 0 is paper, 1 is ink
test = digits.test.images.flatten(1).double() / 16

for share in (0.02, 0.5):
    is_white = torch.rand(len(train), 1) < share  # white ink on black paper
    images = torch.where(is_white, 1 - train, train)  # inverted if white
    network = MLPClassifier(learning_rate_init=0.01, random_state=0)
    network.fit(images, digits.train.labels)

    black = network.score(test, digits.test.labels)
    white = network.score(1 - test, digits.test.labels)
    average = (1 - share) * black + share * white
    print(f"{share:.0%} of the images have white ink")
    print(f"  correct: {average:.2f} on average,", end=" ")
    print(f"{black:.2f} black, {white:.2f} white")
