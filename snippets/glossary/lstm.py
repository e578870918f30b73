"""Memory and three gates: four times the parameters of a plain cell."""

from torch import nn
from torch.nn.utils import parameters_to_vector

plain = nn.RNN(10, 20)
lstm = nn.LSTM(10, 20)
for cell in (plain, lstm):
    parameters = parameters_to_vector(cell.parameters())
    print(len(parameters))
