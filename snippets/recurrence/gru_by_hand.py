"""One step of a GRU: two gates, and no cell state beside the hidden state."""

import torch
from torch import nn

torch.manual_seed(0)
cell = nn.GRUCell(input_size=3, hidden_size=4)
x = torch.randn(1, 3)
h = torch.randn(1, 4)

from_input = x @ cell.weight_ih.T + cell.bias_ih  # (1, 12)
from_state = h @ cell.weight_hh.T + cell.bias_hh  # (1, 12)
reset_x, update_x, candidate_x = from_input.chunk(3, dim=1)
reset_h, update_h, candidate_h = from_state.chunk(3, dim=1)

r = (reset_x + reset_h).sigmoid()  # reset gate: how much of h is read
z = (update_x + update_h).sigmoid()  # update gate: how much of h is kept
g = (candidate_x + r * candidate_h).tanh()
new_h = z * h + (1 - z) * g

assert torch.allclose(new_h, cell(x, h), atol=1e-6)
print("the same as nn.GRUCell")
