def keras_weights(layers):
    """Return the weights of a network as set_weights of Keras takes them.

    layers: for each layer its weight, one row for each output, and its bias.
    """
    weights = []
    for weight, bias in layers:
        transposed = [
            list(column) for column in zip(*weight, strict=True)
        ]  # one row for each input
        weights.append(transposed)
        weights.append(bias)
    return weights
