WITH_WEIGHTS = {"Linear", "Conv2d"}  # Flatten, ReLU, Tanh and MaxPool2d have none


def depth(layers):
    """Return the number of layers with weights."""
    return len([name for name in layers if name in WITH_WEIGHTS])


def is_deep(layers):
    """Return True if the network has at least two hidden layers."""
    hidden_layers = depth(layers) - 1  # the last layer with weights is the output layer
    return hidden_layers >= 2
