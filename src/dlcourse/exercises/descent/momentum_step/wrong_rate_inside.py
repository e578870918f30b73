# the learning rate is in the velocity
def momentum_step(w, v, g, lr, beta):
    v = beta * v + lr * g
    w = w - v
    return w, v
