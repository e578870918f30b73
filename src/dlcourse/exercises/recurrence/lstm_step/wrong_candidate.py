# the candidate is a sigmoid
def lstm_step(x, h, c, W, U, b):
    i, f, g, o = (x @ W.T + h @ U.T + b).sigmoid().chunk(4, dim=1)
    new_c = f * c + i * g
    return o * new_c.tanh(), new_c
