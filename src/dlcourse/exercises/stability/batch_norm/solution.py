def batch_norm(x, gamma, beta, running_mean, running_var, training):
    """Normalize each feature of x (batch, features) as nn.BatchNorm1d does.

    In training, move the running tensors in place.
    """
    mean = running_mean
    var = running_var
    if training:
        mean = x.mean(dim=0)
        var = x.var(dim=0, correction=0)  # divided by the number of examples
        running_mean.copy_(0.9 * running_mean + 0.1 * mean)
        running_var.copy_(0.9 * running_var + 0.1 * x.var(dim=0))  # divided by one less
    return gamma * (x - mean) / (var + 1e-5).sqrt() + beta


def layer_norm(x, gamma, beta):
    """Normalize each example of x (batch, features) over its features."""
    mean = x.mean(dim=1, keepdim=True)
    var = x.var(dim=1, correction=0, keepdim=True)
    return gamma * (x - mean) / (var + 1e-5).sqrt() + beta
