# no tanh
def rnn_step(x, h, W, U, b):
    new_h = []
    for row, state_row, bias in zip(W, U, b, strict=True):
        total = bias
        total += sum(w * value for w, value in zip(row, x, strict=True))
        total += sum(w * value for w, value in zip(state_row, h, strict=True))
        new_h.append(total)
    return new_h
