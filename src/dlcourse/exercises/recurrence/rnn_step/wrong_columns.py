# rows and columns are swapped
import math


def rnn_step(x, h, W, U, b):
    new_h = []
    for i, bias in enumerate(b):
        total = bias + sum(w * value for w, value in zip(W[i], x, strict=True))
        total += sum(U[j][i] * h[j] for j in range(len(h)))
        new_h.append(math.tanh(total))
    return new_h
