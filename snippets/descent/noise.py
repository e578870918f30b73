"""Four times the batch, half the noise."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

train = load_digits().train
x = train.images.flatten(1).double() / 16  # (1295, 64)
target = F.one_hot(train.labels, 10)  # (1295, 10)

# For each image: how the loss changes with the weight of neuron 0 for pixel
# 36, which is in the middle. It is (probability - target) times the pixel.
torch.manual_seed(0)
neurons = nn.Linear(64, 10).double()
with torch.no_grad():
    probabilities = neurons(x).softmax(dim=1)  # (1295, 10)
errors = probabilities - target
slopes = errors[:, 0] * x[:, 36]  # (1295,)
spread = slopes.std()

for batch_size in (1, 4, 16, 64, 256):
    batches = torch.randint(len(x), (20_000, batch_size))  # 20,000 of them
    batch_slopes = slopes[batches].mean(dim=1)
    batch_spread = batch_slopes.std()
    noise = (batch_spread / spread).item()
    rule = 1 / batch_size**0.5
    print(f"batches of {batch_size:3}: noise {noise:.3f}, 1/√B {rule:.3f}")
    assert abs(noise / rule - 1) < 0.05
