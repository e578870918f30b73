"""One step of an LSTM, gate by gate."""

import torch
from torch import nn

torch.manual_seed(0)
cell = nn.LSTMCell(input_size=3, hidden_size=4)
x = torch.randn(1, 3)  # one example
h = torch.randn(1, 4)  # hidden state
c = torch.randn(1, 4)  # cell state

from_input = x @ cell.weight_ih.T + cell.bias_ih  # (1, 16)
from_state = h @ cell.weight_hh.T + cell.bias_hh  # (1, 16)
sums = from_input + from_state
input_sums, forget_sums, candidate_sums, output_sums = sums.chunk(4, dim=1)

i = input_sums.sigmoid()  # input gate: how much is written
f = forget_sums.sigmoid()  # forget gate: how much is kept
g = candidate_sums.tanh()  # candidate: what would be written
o = output_sums.sigmoid()  # output gate: how much is shown

new_c = f * c + i * g
new_h = o * new_c.tanh()

expected_h, expected_c = cell(x, (h, c))
assert torch.allclose(new_c, expected_c, atol=1e-6)
assert torch.allclose(new_h, expected_h, atol=1e-6)
for unit in range(4):
    kept = f[0, unit] * c[0, unit]
    written = i[0, unit] * g[0, unit]
    row = f"unit {unit}: kept {kept:+.2f}, written {written:+.2f}"
    print(f"{row}, cell {new_c[0, unit]:+.2f}, shown {new_h[0, unit]:+.2f}")
