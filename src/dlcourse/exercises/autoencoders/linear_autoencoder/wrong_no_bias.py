# no bias
from torch import nn


def make_autoencoder(num_features, code_features):
    encoder = nn.Linear(num_features, code_features, bias=False)
    return encoder, nn.Linear(code_features, num_features, bias=False)
