"""A mini-batch of 32 digits: images and labels side by side, 32 along the first axis."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits

data = load_digits()
batches = Batches(data.train, batch_size=32, max_value=data.max_value, device=torch.device("cpu"))
images, labels = next(iter(batches))
print(tuple(images.shape), tuple(labels.shape), len(batches))
