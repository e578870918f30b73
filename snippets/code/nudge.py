"""Nudge the input of a function and watch its output: smaller and smaller."""


def f(x):
    """Return x² − 4x + 5."""
    return x**2 - 4 * x + 5


print(f"f(3) = {f(3)}")
for nudge in (1, 0.1, 0.01, 0.001):
    change = f(3 + nudge) - f(3)
    slope = change / nudge
    print(f"nudge {nudge:<5} -> change {change:.6f}, slope {slope:.3f}")
