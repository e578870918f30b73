def lstm_step(x, h, c, W, U, b):
    """Return the new hidden state and the new cell state.

    Shapes: x (batch, inputs), h and c (batch, hidden), W (4 * hidden, inputs),
    U (4 * hidden, hidden), b (4 * hidden,): input, forget, candidate, output.
    """
    sums = x @ W.T + h @ U.T + b  # (batch, 4 * hidden)
    i, f, g, o = sums.chunk(4, dim=1)
    new_c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    new_h = o.sigmoid() * new_c.tanh()
    return new_h, new_c
