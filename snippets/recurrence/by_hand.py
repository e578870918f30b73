"""The same step for every element: a recurrent network by hand."""

import torch
from torch import nn

torch.manual_seed(0)
sequence = torch.randn(5, 3)  # 5 steps, each with 3 numbers
layer = nn.RNN(input_size=3, hidden_size=4)
W = layer.weight_ih_l0  # (4, 3): from the input
U = layer.weight_hh_l0  # (4, 4): from the hidden state before
b = layer.bias_ih_l0 + layer.bias_hh_l0  # (4,)

h = torch.zeros(4)  # nothing has been read yet
states = []
for x in sequence:
    h = torch.tanh(W @ x + U @ h + b)  # (4,)
    states.append(h)
by_hand = torch.stack(states)  # (5, 4)

outputs, last = layer(sequence)
difference = (outputs - by_hand).abs().max().item()
is_small = difference < 1e-6  # float32: seven digits
print("largest difference from nn.RNN below 1e-6:", is_small)
assert torch.equal(outputs[-1], last[0])

longer, _ = layer(torch.randn(1000, 3))
print("the same layer reads 1000 steps:", tuple(longer.shape))
