def forward(x, layers):
    """Return the activations of the input layer, the hidden layers and the output layer."""
    # TODO: compute the activations of each layer from those of the layer before
    raise NotImplementedError
