# the slope is multiplied by 1 - beta
def momentum_step(w, v, g, lr, beta):
    v = beta * v + (1 - beta) * g
    w = w - lr * v
    return w, v
