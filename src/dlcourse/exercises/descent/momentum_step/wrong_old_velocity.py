# the weight follows the old velocity
def momentum_step(w, v, g, lr, beta):
    w = w - lr * v
    v = beta * v + g
    return w, v
