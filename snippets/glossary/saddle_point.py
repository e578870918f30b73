"""From (0, 0), x ** 2 - y ** 2 goes up along x and down along y."""

for x, y in [(0, 0), (1, 0), (0, 1)]:
    height = x**2 - y**2
    print(f"height at ({x}, {y}): {height}")
