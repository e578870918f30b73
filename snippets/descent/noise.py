"""Four times the batch, half the noise."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16  # (1295, 64)

torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()
error = (neurons(x).softmax(dim=1) - F.one_hot(train.labels, 10)).detach()
gradients = error[:, 0] * x[:, 36]  # of one weight, from each picture alone

for batch_size in (1, 4, 16, 64, 256):
    chosen = torch.randint(len(x), (20_000, batch_size))
    spread = (gradients[chosen].mean(dim=1).std() / gradients.std()).item()
    rule = 1 / batch_size**0.5
    print(f"batches of {batch_size:3}: noise {spread:.3f}, 1/√B {rule:.3f}")
    assert abs(spread / rule - 1) < 0.05
