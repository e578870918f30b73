"""Mean or sum over a batch: same direction, another length."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits().train
x = digits.images.flatten(1).double() / 16
torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()


def gradient_length(num_images, reduction):
    """Return the length of the weights' gradient on the first images."""
    logits = neurons(x[:num_images])
    labels = digits.labels[:num_images]
    loss = F.cross_entropy(logits, labels, reduction=reduction)
    neurons.zero_grad()
    loss.backward()
    return neurons.weight.grad.norm().item()


print("images  mean   sum")
for num_images in (16, 64, 256):
    mean = gradient_length(num_images, "mean")
    total = gradient_length(num_images, "sum")
    print(f"{num_images:6}{mean:6.2f}{total:6.0f}")
    assert abs(total / mean - num_images) < 1e-6
