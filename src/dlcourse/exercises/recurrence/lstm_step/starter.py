def lstm_step(x, h, c, W, U, b):
    """Return the new hidden state and the new cell state.

    Shapes: x (batch, inputs), h and c (batch, hidden), W (4 * hidden, inputs),
    U (4 * hidden, hidden), b (4 * hidden,): input, forget, candidate, output.
    """
    # TODO: compute the four parts, then the cell state, then the hidden state
    raise NotImplementedError
