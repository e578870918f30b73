"""From (0, 0), x ** 2 - y ** 2 rises along x and falls along y."""

for point in [(0, 0), (1, 0), (0, 1)]:
    x, y = point
    height = x**2 - y**2
    print(f"height at {point}: {height}")
