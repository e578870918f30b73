"""One backward pass says for every weight which way to move. It moves none."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits

torch.manual_seed(0)
train = load_digits().train
x, y = train.images.flatten(1).float() / 16, train.labels
model = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


def parameters():
    """Return all weights and biases in one row."""
    return nn.utils.parameters_to_vector(model.parameters()).detach().clone()


before = parameters()
nn.functional.cross_entropy(model(x), y).backward()
num_by_backward = int((parameters() != before).sum())
optimizer.step()
is_moved = parameters() != before
num_parameters = len(before)
num_blank = int((model[0].weight.grad == 0).all(dim=0).sum())
print(num_parameters, "parameters")
print(num_by_backward, "moved by backward()")
print("most moved by step():", bool(is_moved.float().mean() > 0.9))
print(num_blank, "pixels, always blank, gave gradient 0")
