"""A mini-batch of 32 digits: images and labels, side by side."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits

digits = load_digits()
batches = Batches(
    digits.train,
    32,
    max_value=digits.max_value,
    device=torch.device("cpu"),
)
images, labels = next(iter(batches))
print(tuple(images.shape), tuple(labels.shape), len(batches))
