"""A solution of the exercise descent/gradient_descent."""


def gradient_descent(grad, x, lr, steps):
    """Return the start and the place after each step."""
    places = [x]
    for _ in range(steps):
        x = x - lr * grad(x)  # a new slope at each new place
        places.append(x)
    return places


def slope(x):
    """Return the slope of x²."""
    return 2 * x


assert gradient_descent(slope, 1.0, 0.5, 2) == [1.0, 0.0, 0.0]
