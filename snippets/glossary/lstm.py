"""Memory and three gates: four times the parameters of a plain cell."""

from torch import nn
from torch.nn.utils import parameters_to_vector

for cell in (nn.RNN(10, 20), nn.LSTM(10, 20)):
    parameters = parameters_to_vector(cell.parameters())
    print(len(parameters))
