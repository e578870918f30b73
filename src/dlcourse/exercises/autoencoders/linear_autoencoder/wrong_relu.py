# never negative
from torch import nn


def make_autoencoder(num_features, code_features):
    decoder = nn.Sequential(nn.Linear(code_features, num_features), nn.ReLU())
    return nn.Linear(num_features, code_features), decoder
