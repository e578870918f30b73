"""Memory and three gates: four times the weights of a plain cell."""

from torch import nn

for cell in (nn.RNN(10, 20), nn.LSTM(10, 20)):
    print(sum(parameter.numel() for parameter in cell.parameters()))
