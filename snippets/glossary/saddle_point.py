"""At (0, 0) the slopes of x ** 2 - y ** 2 are zero; along x it goes up from there, along y down."""

for x, y in [(0, 0), (1, 0), (0, 1)]:
    print(f"({x}, {y}) -> {x**2 - y**2}")
