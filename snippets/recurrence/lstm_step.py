"""One step of an LSTM: one possible answer to the exercise."""

import torch
from torch import nn


def lstm_step(x, h, c, W, U, b):
    """Return the new hidden state and the new cell state."""
    sums = x @ W.T + h @ U.T + b  # (batch, 4 * hidden)
    i, f, g, o = sums.chunk(4, dim=1)
    new_c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    new_h = o.sigmoid() * new_c.tanh()
    return new_h, new_c


torch.manual_seed(0)
cell = nn.LSTMCell(3, 5)
bias = cell.bias_ih + cell.bias_hh
h = torch.randn(2, 5)
c = torch.randn(2, 5)
for _ in range(3):
    x = torch.randn(2, 3)
    expected_h, expected_c = cell(x, (h, c))
    h, c = lstm_step(
        x,
        h,
        c,
        cell.weight_ih,
        cell.weight_hh,
        bias,
    )
    assert torch.allclose(h, expected_h, atol=1e-6)
    assert torch.allclose(c, expected_c, atol=1e-6)
