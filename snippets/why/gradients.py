"""One backward pass gives each weight its direction, and moves none."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
train = load_digits().train
x = train.images.flatten(1).float() / 16  # (images, 64)
model = nn.Sequential(
    nn.Linear(64, 32),
    nn.Tanh(),
    nn.Linear(32, 10),
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def copy_parameters():
    """Return a copy of all weights and biases, in one row."""
    row = nn.utils.parameters_to_vector(model.parameters())
    return row.detach().clone()


before = copy_parameters()
num_parameters = len(before)
print(num_parameters, "parameters")

loss = nn.functional.cross_entropy(model(x), train.labels)
loss.backward()
num_by_backward = int((copy_parameters() != before).sum())
print(num_by_backward, "moved by backward()")

optimizer.step()
is_moved = copy_parameters() != before
share_moved = is_moved.double().mean().item()
print("most moved by step():", share_moved > 0.9)

slopes = model[0].weight.grad  # (32, 64): a column for each pixel
is_blank = (slopes == 0).all(dim=0)  # (64,)
num_blank = int(is_blank.sum())
print(num_blank, "pixels, always blank, gave slope 0")
