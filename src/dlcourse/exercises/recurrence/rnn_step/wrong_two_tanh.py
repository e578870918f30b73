# tanh of each part
import math


def rnn_step(x, h, W, U, b):
    new_h = []
    for row, state_row, bias in zip(W, U, b, strict=True):
        first = math.tanh(sum(w * value for w, value in zip(row, x, strict=True)) + bias)
        second = math.tanh(sum(w * value for w, value in zip(state_row, h, strict=True)))
        new_h.append(first + second)
    return new_h
