def count_parameters(sizes):
    """Return the number of weights and biases; sizes from input to output."""
    # TODO: add up the weights and biases of each layer after the input
    raise NotImplementedError
