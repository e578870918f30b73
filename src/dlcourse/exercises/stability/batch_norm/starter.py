def batch_norm(x, gamma, beta, running_mean, running_var, training):
    """Normalize each feature of x (batch, features) as nn.BatchNorm1d does.

    In training, move the running tensors in place.
    """
    # TODO: normalize over the batch here, and over one example below
    raise NotImplementedError


def layer_norm(x, gamma, beta):
    """Normalize each example of x (batch, features) over its features."""
    raise NotImplementedError
