from torch import nn


def make_autoencoder(num_features, code_features):
    """Return the pair (encoder, decoder).

    Shapes: the encoder (batch, num_features) -> (batch, code_features), the
    decoder (batch, code_features) -> (batch, num_features).
    """
    # TODO: return an nn.Linear for each of the two directions
    raise NotImplementedError
