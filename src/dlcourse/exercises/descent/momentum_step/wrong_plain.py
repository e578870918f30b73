# the weight follows the slope alone
def momentum_step(w, v, g, lr, beta):
    v = beta * v + g
    w = w - lr * g
    return w, v
