"""The slope of the line 3x + 1 is 3 between any two of its points."""

for left, right in [(0, 1), (2, 10)]:
    left_height = 3 * left + 1
    right_height = 3 * right + 1
    rise = right_height - left_height
    run = right - left
    print(f"rise {rise}, run {run}: slope {rise / run}")
