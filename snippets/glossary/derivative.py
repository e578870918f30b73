"""The slope of x squared at 3 approaches its derivative, 2 * 3, as the step shrinks."""

for step in (1.0, 0.1, 0.001):
    slope = ((3 + step) ** 2 - 3**2) / step
    print(f"step {step:.3f}: slope {slope:.3f}")
