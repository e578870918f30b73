def numeric_grad(f, x, eps):
    """Return the slopes of f at the list x, by central differences with the nudge eps.

    f takes a list of numbers and returns one number. x stays as it was.
    """
    slopes = []
    for place in range(len(x)):
        above = list(x)  # copies: x stays as it is
        below = list(x)
        above[place] += eps
        below[place] -= eps
        slopes.append((f(above) - f(below)) / (2 * eps))
    return slopes
