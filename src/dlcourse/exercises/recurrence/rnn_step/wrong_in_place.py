# new numbers are read
import math


def rnn_step(x, h, W, U, b):
    for i, bias in enumerate(b):
        total = bias + sum(w * value for w, value in zip(W[i], x, strict=True))
        total += sum(w * value for w, value in zip(U[i], h, strict=True))
        h[i] = math.tanh(total)
    return h
