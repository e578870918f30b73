# only the last place is returned
import math


def gradient_descent(grad, x, lr, steps):
    for _ in range(steps):
        x = x - lr * grad(x)
    return x


def wall(curvatures):
    return 2 / max(curvatures)


def recognize(losses, slopes, curvatures):
    first = losses[0]
    last = losses[-1]
    if not math.isfinite(last) or last > first:
        return "divergence"
    is_level = max(abs(slope) for slope in slopes) < 1e-6
    if is_level and min(curvatures) < 0:
        return "saddle"
    if is_level:
        return "local minimum"
    if last > 0.99 * first:
        return "plateau"
    return "falling"
