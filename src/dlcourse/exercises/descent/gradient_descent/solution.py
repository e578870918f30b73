import math


def gradient_descent(grad, x, lr, steps):
    """Return the start x and the place after each of the steps, as a list.

    grad(x) is the slope at x, lr the learning rate.
    """
    places = [x]
    for _ in range(steps):
        x = x - lr * grad(x)  # a new slope at each new place
        places.append(x)
    return places


def wall(curvatures):
    """Return the learning rate above which gradient descent diverges on a bowl."""
    return 2 / max(curvatures)  # the steepest direction diverges first


def recognize(losses, slopes, curvatures):
    """Return "divergence", "saddle", "local minimum", "plateau" or "falling".

    losses are those of the run so far; slopes and curvatures belong to its last place.
    """
    first = losses[0]
    last = losses[-1]
    if not math.isfinite(last) or last > first:  # a comparison with nan is always false
        return "divergence"
    is_level = max(abs(slope) for slope in slopes) < 1e-6
    if is_level and min(curvatures) < 0:
        return "saddle"
    if is_level:
        return "local minimum"
    if last > 0.99 * first:
        return "plateau"
    return "falling"
