# no bottleneck
from torch import nn


def make_autoencoder(num_features, code_features):
    return nn.Linear(num_features, num_features), nn.Linear(num_features, num_features)
