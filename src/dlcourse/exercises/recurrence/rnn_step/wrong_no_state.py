# the old state is ignored
import math


def rnn_step(x, h, W, U, b):
    new_h = []
    for row, bias in zip(W, b, strict=True):
        new_h.append(math.tanh(sum(w * value for w, value in zip(row, x, strict=True)) + bias))
    return new_h
