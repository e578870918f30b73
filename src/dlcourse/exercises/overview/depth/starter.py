WITH_WEIGHTS = {"Linear", "Conv2d"}  # Flatten, ReLU, Tanh and MaxPool2d have none


def depth(layers):
    """Return the number of layers with weights."""
    # TODO: count the layers with weights, and from this count the hidden ones
    raise NotImplementedError


def is_deep(layers):
    """Return True if the network has at least two hidden layers."""
    raise NotImplementedError
