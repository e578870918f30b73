# nothing is forgotten
def lstm_step(x, h, c, W, U, b):
    i, _, g, o = (x @ W.T + h @ U.T + b).chunk(4, dim=1)
    new_c = c + i.sigmoid() * g.tanh()
    return o.sigmoid() * new_c.tanh(), new_c
