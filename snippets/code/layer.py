"""A layer is one line: X @ W.T + b."""

import torch
from torch import nn

X = torch.tensor([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]])  # 2 examples, 3 inputs
layer = nn.Linear(3, 2)  # 3 inputs, 2 outputs: a layer of two neurons
W = layer.weight  # (2, 3): one row of weights for each output
b = layer.bias  # (2,): one bias for each output

by_hand = X @ W.T + b  # (2, 2)
by_layer = layer(X)  # (2, 2)
print(by_layer.shape)
print(torch.allclose(by_hand, by_layer))  # equal, up to rounding
