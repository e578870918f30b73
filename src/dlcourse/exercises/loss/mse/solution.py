def mse(outputs, targets):
    """Return the mean of the squared differences of two lists."""
    squares = [(y - t) ** 2 for y, t in zip(outputs, targets, strict=True)]
    return sum(squares) / len(squares)


def fit_line(x, targets, learning_rate, steps):
    """Return w, b and the losses before the first step and after each step."""
    w = 0.0
    b = 0.0
    losses = [mse([0.0] * len(x), targets)]
    for _ in range(steps):
        errors = [w * value + b - t for value, t in zip(x, targets, strict=True)]
        w_slope = sum(2 * e * value for e, value in zip(errors, x, strict=True)) / len(x)
        b_slope = sum(2 * e for e in errors) / len(x)
        w -= learning_rate * w_slope
        b -= learning_rate * b_slope
        losses.append(mse([w * value + b for value in x], targets))
    return w, b, losses
