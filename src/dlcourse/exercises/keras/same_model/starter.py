def keras_weights(layers):
    """Return the weights of a network as set_weights of Keras takes them.

    layers: for each layer its weight, one row for each output, and its bias.
    """
    # TODO: add the transposed weight and the bias of each layer to a list
    raise NotImplementedError
