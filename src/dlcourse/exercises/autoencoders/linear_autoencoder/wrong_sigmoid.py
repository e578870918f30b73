# only from 0 to 1
from torch import nn


def make_autoencoder(num_features, code_features):
    decoder = nn.Sequential(nn.Linear(code_features, num_features), nn.Sigmoid())
    return nn.Linear(num_features, code_features), decoder
