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
num_classes, num_examples = len(digits.class_names), batches.num_examples
print(digits.name, num_classes, "classes,", num_examples, "to train on")
sizes = [len(labels) for _, labels in batches]
print(len(batches), "batches, the last of", sizes[-1])
for images, labels in batches:
    print(tuple(images.shape), images.dtype, float(images.max()), labels.dtype)
    break
