import math


def rnn_step(x, h, W, U, b):
    """Return the new hidden state, tanh(W x + U h + b), as a list.

    x: inputs; h: the hidden state before; W and U: lists of rows; b: biases.
    """
    new_h = []
    for input_row, state_row, bias in zip(W, U, b, strict=True):
        total = bias
        for weight, value in zip(input_row, x, strict=True):
            total += weight * value
        for weight, value in zip(state_row, h, strict=True):
            total += weight * value
        new_h.append(math.tanh(total))
    return new_h
