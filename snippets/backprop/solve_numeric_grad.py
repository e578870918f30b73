"""A solution of the exercise backprop/numeric_grad."""


def numeric_grad(f, x, eps):
    """Return the slopes of f at x, by central differences."""
    slopes = []
    for place in range(len(x)):
        above = list(x)  # copies: x stays as it is
        below = list(x)
        above[place] += eps
        below[place] -= eps
        slopes.append((f(above) - f(below)) / (2 * eps))
    return slopes


def example(x):
    """Return the example of the exercise."""
    return x[0] ** 2 + 3 * x[1]


slopes = numeric_grad(example, [1.0, 2.0], 1e-5)
assert abs(slopes[0] - 2) < 1e-6
assert abs(slopes[1] - 3) < 1e-6
