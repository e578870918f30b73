"""A weight for each pair of input and output, a bias for each output."""

import torch

layer = torch.nn.Linear(in_features=3, out_features=2)
print(tuple(layer.weight.shape))  # (outputs, inputs)
print(tuple(layer.bias.shape))

num_parameters = layer.weight.numel() + layer.bias.numel()
print(num_parameters)
