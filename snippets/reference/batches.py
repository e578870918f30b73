"""Mini-batches of the digits, in a new order in each epoch."""

import torch

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits

digits = load_digits()
batches = Batches(
    digits.train,
    batch_size=100,
    max_value=digits.max_value,
    device=torch.device("cpu"),
    generator=torch.Generator().manual_seed(0),
)
num_classes = len(digits.class_names)
print(digits.name, num_classes, "classes,", batches.num_examples, "examples")

sizes = [len(labels) for _, labels in batches]
print(len(batches), "batches, the last of", sizes[-1])

images, labels = next(iter(batches))  # the first batch
print(tuple(images.shape), images.dtype, labels.dtype)
print("the brightest pixel:", images.max().item())
