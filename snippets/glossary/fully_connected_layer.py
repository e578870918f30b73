"""A weight for each pair of input and output, a bias for each output."""

import torch

layer = torch.nn.Linear(in_features=3, out_features=2)
print(tuple(layer.weight.shape), tuple(layer.bias.shape))
print(sum(parameter.numel() for parameter in layer.parameters()))
