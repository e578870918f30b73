"""Mini-batches of the digits, in a new order at each pass."""

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
print(digits.name, len(digits.class_names), "classes,", batches.num_examples, "to train on")
print(len(batches), "batches, the last of", [len(labels) for _, labels in batches][-1])
for images, labels in batches:
    print(tuple(images.shape), images.dtype, float(images.max()), labels.dtype)
    break
