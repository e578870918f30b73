"""On a saddle a grain of sand decides: fifty steps on x² - y²."""

ends = {}
for y_start in (0.0, 1e-6, -1e-6):
    x = 1.0
    y = y_start
    for _ in range(50):
        slope_x = 2 * x
        slope_y = -2 * y
        x = x - 0.1 * slope_x
        y = y - 0.1 * slope_y
    ends[y_start] = y
    print(f"from y = {y_start:6}: x = {x:.5f}, y = {y:.4f}")
