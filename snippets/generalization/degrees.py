"""Polynomials of growing degree through few and through many noisy points."""

import matplotlib.pyplot as plt
import numpy as np
from numpy.polynomial import Polynomial

degrees = (0, 1, 3, 5, 7, 9, 11)
grid = np.linspace(-1, 1, 201)


def draw_points(num_points, rng):
    """Return points of a wave with noise of standard deviation 0.2."""
    x = np.linspace(-1, 1, num_points)
    return x, np.sin(3 * x) + 0.2 * rng.standard_normal(num_points)


def find_errors(num_points, degree, seed=0):
    """Return the points, the curve, and its error on them and on new ones."""
    rng = np.random.default_rng(seed)
    new_x, new_y = draw_points(1000, rng)
    x, y = draw_points(num_points, rng)
    curve = Polynomial.fit(x, y, degree)  # least squared error
    error = np.square(curve(x) - y).mean()
    new_error = np.square(curve(new_x) - new_y).mean()
    return (x, y), curve, error, new_error


new_errors = {12: [], 60: []}
for degree in degrees:
    figure, panels = plt.subplots(1, 2, figsize=(3.6, 2.2), sharey=True)
    line = f"degree {degree}:"
    for axes, num_points in zip(panels, new_errors, strict=True):
        points, curve, error, new_error = find_errors(num_points, degree)
        new_errors[num_points].append(new_error)
        axes.plot(*points, "C0o", markersize=3)
        axes.plot(grid, curve(grid), "C1")
        axes.set(ylim=(-2, 2), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
        axes.set_title(f"{num_points} points", fontsize=10)
        line += f" error {error:.2f} on {num_points} points"
        line += f" and {new_error:.2f} on new ones;"
    print(line.removesuffix(";"))
plt.show()
