"""A solution of the exercise descent/momentum_step."""


def momentum_step(w, v, g, lr, beta):
    """Return the new weight and the new velocity."""
    v = beta * v + g
    w = w - lr * v  # the weight follows the new velocity
    return w, v


w, v = momentum_step(1.0, 2.0, 3.0, lr=0.1, beta=0.9)
assert abs(w - 0.52) < 1e-12
assert abs(v - 4.8) < 1e-12
