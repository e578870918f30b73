from torch import nn


def make_autoencoder(num_features, code_features):
    """Return the pair (encoder, decoder).

    Shapes: the encoder (batch, num_features) -> (batch, code_features), the
    decoder (batch, code_features) -> (batch, num_features).
    """
    encoder = nn.Linear(num_features, code_features)
    decoder = nn.Linear(code_features, num_features)  # no activation: any number can come out
    return encoder, decoder
