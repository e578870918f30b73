"""Three layers in a row make a model, and calling it computes its output."""

import torch
from torch import nn

model = nn.Sequential(
    nn.Linear(64, 16),
    nn.ReLU(),
    nn.Linear(16, 10),
)
images = torch.rand(32, 64)  # random numbers in place of 32 images

logits = model(images)  # (32, 10)

hidden = model[0](images)  # (32, 16): the first layer alone
active = model[1](hidden)  # (32, 16)
by_hand = model[2](active)  # (32, 10)
assert torch.equal(by_hand, logits)

counts = [one.numel() for one in model.parameters()]
print(counts, sum(counts))
