# the two are swapped
def momentum_step(w, v, g, lr, beta):
    v = beta * v + g
    w = w - lr * v
    return v, w
