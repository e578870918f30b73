"""The slope of the line 3x + 1 is 3 between any two of its points."""

for left, right in [(0, 1), (2, 10)]:
    run = right - left
    rise = (3 * right + 1) - (3 * left + 1)
    print(f"rise {rise}, run {run}: slope {rise / run}")
