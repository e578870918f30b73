def rnn_step(x, h, W, U, b):
    """Return the new hidden state, tanh(W x + U h + b), as a list.

    x: inputs; h: the hidden state before; W and U: lists of rows; b: biases.
    """
    # TODO: for each row, add up the products with x, the products with h and the bias
    raise NotImplementedError
