def xor_weights():
    """Return the weights of the two hidden units, and those of the output unit."""
    # TODO: find weights with which the outputs are 0, 1, 1, 0 without a bias
    raise NotImplementedError
