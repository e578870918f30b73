def gradient_descent(grad, x, lr, steps):
    """Return the start x and the place after each of the steps, as a list.

    grad(x) is the slope at x, lr the learning rate.
    """
    # TODO: take the steps and keep every place, then write the other two functions
    raise NotImplementedError


def wall(curvatures):
    """Return the learning rate above which gradient descent diverges on a bowl."""
    raise NotImplementedError


def recognize(losses, slopes, curvatures):
    """Return "divergence", "saddle", "local minimum", "plateau" or "falling".

    losses are those of the run so far; slopes and curvatures belong to its last place.
    """
    raise NotImplementedError
