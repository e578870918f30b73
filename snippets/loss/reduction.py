"""Mean or sum over a batch: same direction, another length."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

digits = load_digits().train
x, labels = digits.images.flatten(1).double() / 16, digits.labels
torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()


def gradient(num_pictures, reduction):
    """Return the length of the weights' gradient on the first pictures."""
    logits, target = neurons(x[:num_pictures]), labels[:num_pictures]
    loss = nn.functional.cross_entropy(logits, target, reduction=reduction)
    return torch.autograd.grad(loss, neurons.weight)[0].norm().item()


print("pictures  mean   sum")
for num_pictures in (16, 64, 256):
    mean, total = gradient(num_pictures, "mean"), gradient(num_pictures, "sum")
    print(f"{num_pictures:8}{mean:6.2f}{total:6.0f}")
    assert abs(total / mean - num_pictures) < 1e-6
