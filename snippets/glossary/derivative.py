"""The slope of x ** 2 at 3 comes close to its derivative, 2 * 3."""

for step in (1.0, 0.1, 0.001):
    rise = (3 + step) ** 2 - 3**2
    slope = rise / step
    print(f"step {step:.3f}: slope {slope:.3f}")
