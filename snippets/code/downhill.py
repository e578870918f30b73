"""Walk against the slope, and the output falls."""


def f(x):
    """Return x² − 4x + 5."""
    return x**2 - 4 * x + 5


def slope(x):
    """Return the slope of f at x, found by a small nudge."""
    nudge = 0.001
    return (f(x + nudge) - f(x)) / nudge


x = 3.0
for step in range(4):
    print(f"step {step}: x {x:.3f}, f(x) {f(x):.3f}, slope {slope(x):.3f}")
    x = x - 0.25 * slope(x)
